type Attributes = Readonly<Record<string, unknown>>;

/** An attribute of a tile feature as text; '' when it is not there. */
export function attributeText(attributes: Attributes, name: string): string {
  const value = attributes[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
