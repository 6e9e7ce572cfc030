import type { ApiDocument } from './describe-api.ts';
import { type Html, html, prose } from './html.ts';
import { limits, nameOf, phrase, type Schema, schemaSection } from './page-schema.ts';

interface Content {
  schema?: Schema;
  examples?: Record<string, { summary?: string; value: unknown }>;
}
interface Response {
  $ref?: string;
  description?: string;
  content?: Record<string, Content>;
}
interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
  example?: string | number;
}
interface ShownOperation {
  operationId: string;
  summary: string;
  'x-summary-vi': string;
  description: string;
  'x-description-vi': string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, Response>;
  security?: unknown[];
}
interface ShownDocument {
  info: { title: string; version: string; description: string; 'x-description-vi': string };
  tags: { name: string; description: string; 'x-description-vi': string }[];
  paths: Record<string, Record<string, ShownOperation>>;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, Parameter>;
    responses: Record<string, Response>;
  };
}

const bilingual = (vi: string, en: string): Html => html`<span lang="vi">${vi}</span> / <span lang="en">${en}</span>`;
const paragraphs = (vi: string, en: string): Html => html`<p lang="vi">${prose(vi)}</p><p lang="en">${prose(en)}</p>`;

function exampleBlocks(title: Html, label: string, content: Content): Html[] {
  return Object.values(content.examples ?? {}).map(
    ({ summary, value }) =>
      html`<h4>${title}</h4>${summary ? html`<p><code>${summary}</code></p>` : ''}
        <pre tabindex="0" role="region" aria-label="${label}">${JSON.stringify(value, null, 2)}</pre>`,
  );
}

function parameterTable(parameters: Parameter[], known: Record<string, Parameter>, label: string): Html {
  if (parameters.length === 0) return html``;
  const rows = parameters.map((given) => {
    const parameter = given.$ref ? (known[nameOf(given.$ref)] ?? given) : given;
    const example = parameter.example === undefined ? '' : html`, e.g. <code>${String(parameter.example)}</code>`;
    return html`<tr><th scope="row"><code>${parameter.name}</code></th><td>${parameter.in}${parameter.required ? html`, <strong>required</strong>` : ''}</td>
      <td>${phrase(parameter.schema)}${limits(parameter.schema)}${example}</td><td>${prose(parameter.description ?? '')}</td></tr>`;
  });
  return html`<h4>${bilingual('Tham số', 'Parameters')}</h4>
    <div class="wide" role="region" tabindex="0" aria-label="${label}"><table>
      <thead><tr><th scope="col">Tên / Name</th><th scope="col">Ở / In</th><th scope="col">Kiểu / Type</th><th scope="col">Ý nghĩa / Meaning</th></tr></thead>
      <tbody>${rows}</tbody></table></div>`;
}

function answerList(responses: Record<string, Response>, known: Record<string, Response>): Html {
  const items = Object.entries(responses).map(([status, given]) => {
    const response = given.$ref ? (known[nameOf(given.$ref)] ?? given) : given;
    const forms = Object.entries(response.content ?? {}).map(
      ([media, { schema }]) => html`<li><code>${media}</code>${schema?.$ref ? html`: ${phrase(schema)}` : ''}</li>`,
    );
    return html`<dt><code>${status}</code></dt><dd>${prose(response.description ?? '')}${forms.length > 0 ? html`<ul>${forms}</ul>` : ''}</dd>`;
  });
  return html`<h4>${bilingual('Trả lời', 'Answers')}</h4><dl>${items}</dl>`;
}

function operationSection(path: string, method: string, operation: ShownOperation, document: ShownDocument): Html {
  const { operationId: id, parameters = [], requestBody, responses, security } = operation;
  const body = requestBody?.content['application/json'];
  return html`<section id="${id}">
    <h3>${bilingual(operation['x-summary-vi'], operation.summary)}</h3>
    <p class="address"><code><strong>${method.toUpperCase()}</strong> ${path}</code></p>
    ${paragraphs(operation['x-description-vi'], operation.description)}
    ${security ? html`<p>${bilingual('Cần', 'Needs')} <code>Authorization: Bearer</code></p>` : ''}
    ${parameterTable(parameters, document.components.parameters, `${id}: parameters`)}
    ${body ? html`<h4>${bilingual('Nội dung gửi', 'Body')}</h4><p>${phrase(body.schema)}</p>` : ''}
    ${body ? exampleBlocks(bilingual('Ví dụ gửi', 'Example body'), `${id}: example body`, body) : ''}
    ${answerList(responses, document.components.responses)}
    ${Object.values(responses['200']?.content ?? {}).map((content) =>
      exampleBlocks(
        bilingual('Ví dụ (danh sách được rút ngắn)', 'Example (lists shortened)'),
        `${id}: example answer`,
        content,
      ),
    )}
  </section>`;
}

/** The document as one page without scripts: chapters by tag, then the named schemas. */
export function renderPage(api: ApiDocument): string {
  const document = api as unknown as ShownDocument;
  const { info, components } = document;
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const chapters = document.tags.map((tag) => ({
    tag,
    inside: all.filter((each) => each.operation.tags[0] === tag.name),
  }));
  const page = html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${info.title} – API ${info.version}</title>
<link rel="stylesheet" href="docs.css">
</head>
<body>
<a class="skip" href="#content">${bilingual('Đến nội dung', 'Skip to content')}</a>
<header>
<h1>${info.title} – API <small>${info.version}</small></h1>
${paragraphs(info['x-description-vi'], info.description)}
<p><a href="openapi.json">openapi.json</a> (OpenAPI 3.1)</p>
</header>
<nav aria-label="Mục lục / Contents"><ul>
${chapters.map(
  ({
    tag,
    inside,
  }) => html`<li><a href="#tag-${tag.name}">${bilingual(tag['x-description-vi'], tag.description)}</a><ul>
  ${inside.map(({ path, method, operation }) => html`<li><a href="#${operation.operationId}"><code>${method.toUpperCase()} ${path}</code></a></li>`)}
</ul></li>`,
)}
<li><a href="#schemas">${bilingual('Kiểu dữ liệu', 'Schemas')}</a></li>
</ul></nav>
<main id="content" tabindex="-1">
${chapters.map(
  ({ tag, inside }) => html`<h2 id="tag-${tag.name}">${bilingual(tag['x-description-vi'], tag.description)}</h2>
${inside.map(({ path, method, operation }) => operationSection(path, method, operation, document))}`,
)}
<h2 id="schemas">${bilingual('Kiểu dữ liệu', 'Schemas')}</h2>
${Object.entries(components.schemas).map(([name, schema]) => schemaSection(name, schema))}
</main>
</body>
</html>
`;
  return page.text;
}
