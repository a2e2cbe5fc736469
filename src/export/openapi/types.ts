/** A JSON object of the document, such as an operation or a media type. */
export type Json = Record<string, unknown>;

/** An OpenAPI 3.1 document, as far as this project writes one. */
export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; summary: string; description: string; license: Json };
  servers: { url: string; description: string }[];
  security: Json[];
  tags: { name: string; description: string }[];
  paths: Record<string, Json>;
  components: { schemas: Record<string, unknown>; securitySchemes?: Record<string, Json> };
}

/** What an API's own file says of it; the rest follows from its schemas. */
export interface Description {
  title: string;
  summary: string;
  description: string;
  /** `security` of the document as a whole; an operation may say otherwise. */
  security: Json[];
  securitySchemes?: Record<string, Json>;
  /** The operations by path and method. */
  paths(components: Components): Record<string, Json>;
}

/** The schemas of a document: each is put in when it is first referred to. */
export interface Components {
  /** A reference to the schema of a body. */
  body(action: string, part: 'request' | 'response'): { $ref: string };
  /** Puts in a schema of the document's own and gives a reference to it. */
  own(name: string, schema: Json): { $ref: string };
  /** Everything that was referred to, in the order of names. */
  schemas(): Record<string, unknown>;
}
