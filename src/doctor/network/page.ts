/** Entities that pages of providers are full of. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** What a person reads on an HTML page, in one line; other text as it is. */
export function pageText(body: string): string {
  return decodeEntities(
    body
      .replace(/<!--[^]*?-->/g, ' ')
      .replace(/<(script|style|template|svg|head)\b[^]*?<\/\1\s*>/gi, ' ')
      .replace(/<\/?[a-z!][^>]*>/gi, ' '),
  )
    .replace(/\s+/g, ' ')
    .trim();
}

export function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const point = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
      return point > 0 && point < 0x110000 ? String.fromCodePoint(point) : whole;
    },
  );
}

/** A form of a page: where it is sent, and the fields that are filled in already. */
export interface Form {
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly fields: Readonly<Record<string, string>>;
}

/** The first form of a page, its action as an absolute URL. */
export function firstForm(body: string, pageUrl: string): Form | undefined {
  const [, attributes, content] = /<form\b([^>]*)>([^]*?)<\/form>/i.exec(body) ?? [];
  if (attributes === undefined || content === undefined) return undefined;
  const fields: Record<string, string> = {};
  for (const [, input = ''] of content.matchAll(/<input\b([^>]*)>/gi)) {
    const name = attribute(input, 'name');
    if (name !== undefined) fields[name] = attribute(input, 'value') ?? '';
  }
  const action = attribute(attributes, 'action') ?? '';
  return {
    action: action === '' ? pageUrl : new URL(action, pageUrl).href,
    method: attribute(attributes, 'method')?.toLowerCase() === 'post' ? 'POST' : 'GET',
    fields,
  };
}

function attribute(tag: string, name: string): string | undefined {
  const [, double, single, bare] =
    new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag) ?? [];
  const value = double ?? single ?? bare;
  return value === undefined ? undefined : decodeEntities(value);
}
