/** Bodies that are forms: from members to fields and back. A field `userData[key]` is the member `key` of the object `userData`. */

const nested = /^(\w+)\[(.+)\]$/s;

/** The fields of a form with these members: objects member by member, numbers as digits. What is `undefined` is left out. */
export function formFields(members: object): [name: string, value: string][] {
  return Object.entries(members).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return [];
    if (typeof value !== 'object' || value === null) return [[name, String(value)]];
    return Object.entries(value).map(([key, inner]) => [`${name}[${key}]`, String(inner)]);
  });
}

/** The members that the fields of a form make. Of fields with one name the last counts. */
export function formMembers(fields: Iterable<readonly [name: string, value: string]>): Record<string, unknown> {
  const members = new Map<string, unknown>();
  for (const [name, value] of fields) {
    const [, member = name, key] = nested.exec(name) ?? [];
    const known = members.get(member);
    const inner = typeof known === 'object' && known !== null ? known : {};
    members.set(member, key === undefined ? value : Object.fromEntries([...Object.entries(inner), [key, value]]));
  }
  return Object.fromEntries(members);
}

/**
 * The members of a body that its content type calls a form, `application/x-www-form-urlencoded` or `multipart/form-data`; `undefined`
 * for any other. A part that is a file has its name for a value, for its bytes need not be text.
 */
export function formIn(text: string, contentType = ''): Record<string, unknown> | undefined {
  if (/^\s*application\/x-www-form-urlencoded\b/i.test(contentType)) return formMembers(new URLSearchParams(text));
  const [, quoted, bare] =
    /^\s*multipart\/form-data\s*;.*?\bboundary=(?:"([^"]+)"|([^\s;]+))/is.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  return boundary === undefined ? undefined : formMembers(partsIn(text, boundary));
}

function partsIn(text: string, boundary: string): [name: string, value: string][] {
  return `\r\n${text}`
    .split(`\r\n--${boundary}`)
    .slice(1)
    .flatMap((part): [string, string][] => {
      const [head = '', ...rest] = part.split('\r\n\r\n');
      const [, name] = /^content-disposition:[^\r\n]*?\bname="([^"]*)"/im.exec(head) ?? [];
      const [, file] = /^content-disposition:[^\r\n]*?\bfilename="([^"]*)"/im.exec(head) ?? [];
      return name === undefined
        ? []
        : [[unescaped(name), file === undefined ? rest.join('\r\n\r\n') : unescaped(file)]];
    });
}

/** Names in parts have these three characters escaped, and no others (HTML, multipart form data). */
function unescaped(name: string): string {
  return name.replace(/%(0A|0D|22)/g, (escaped) => decodeURIComponent(escaped));
}
