export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Parses the XML that reports use (no comments, no CDATA); throws at what is not well-formed. */
export function parseXml(source: string): XmlElement {
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(source))
    throw new Error('a character that XML forbids');
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const body = source.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/, '');
  for (const [token] of body.matchAll(/<[^>]*>|[^<]+/g)) {
    const parent = open.at(-1);
    if (parent === undefined) throw new Error(`too much is closed before ${token}`);
    if (token.startsWith('</')) {
      if (token !== `</${parent.name}>`) throw new Error(`${token} closes ${parent.name}`);
      open.pop();
    } else if (token.startsWith('<')) {
      const match = /^<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>$/.exec(token);
      if (match === null) throw new Error(`not a tag: ${token}`);
      const [, name = '', pairs = '', closed] = match;
      const attributes = [...pairs.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key,
        decode(value),
      ]);
      const element = { name, attributes: Object.fromEntries(attributes), children: [], text: '' };
      parent.children.push(element);
      if (closed === '') open.push(element);
    } else parent.text += decode(token);
  }
  const [root] = top.children;
  if (open.length !== 1 || root === undefined || top.children.length > 1) throw new Error('not one closed element');
  return root;
}

function decode(text: string): string {
  return text.replace(/&(#\d+|\w*);?/g, (reference, name: string) => {
    const letter = name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : entities[name];
    if (letter === undefined || !reference.endsWith(';')) throw new Error(`not an entity: ${reference}`);
    return letter;
  });
}
