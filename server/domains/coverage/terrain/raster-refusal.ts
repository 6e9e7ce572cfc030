/** A raster file that cannot be taken as a whole: `message` says why in one sentence without a full stop, and how to mend it. */
export class RasterRefusal extends Error {
  readonly code: string;
  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RasterRefusal';
    this.code = code;
  }
}

export type RasterKind = 'terrain' | 'population';
