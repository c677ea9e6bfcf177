/** A string that Helm renders as itself. Backquotes are the same inside every kind of quotes that YAML has. */
export function literalTemplate(text: string): string {
  return text.replaceAll('{{', '{{`{{`}}');
}

/** What the host of the cluster is in templates. */
export const HOST_VALUE = '.Values.host';

/** The value of a map of values, such as `index .Values.images "pachd"`. */
export function indexed(map: string, key: string): string {
  return `index .Values.${map} ${JSON.stringify(key)}`;
}

/** Templates that are put into YAML once it is written: what they render is not always a string. */
export class Holes {
  readonly #templates: string[] = [];
  readonly #mark: string;

  /** `content` is everything that the YAML is going to hold, nothing of which may look like a hole. */
  constructor(content: string) {
    let mark = 'HELM-HOLE';
    while (content.includes(mark)) mark += '-X';
    this.#mark = mark;
  }

  /** A hole that a template fills on its line, after the key. */
  value(template: string): string {
    return this.#add(`{{ ${template} }}`);
  }

  /** A hole for a key that is left out where the template yields nothing. */
  optional(template: string): string {
    return this.#add(template, 'optional');
  }

  /** YAML with its holes filled. */
  fill(yaml: string): string {
    const hole = new RegExp(String.raw`^( *)(\S+): '?${this.#mark} (value|optional) (\d+)'?\n`, 'gm');
    return yaml.replace(hole, (_, indent: string, key: string, way: string, index: string) => {
      const template = this.#templates[Number(index)] ?? '';
      return way === 'value'
        ? `${indent}${key}: ${template}\n`
        : `{{- with ${template} }}\n${indent}${key}: {{ toJson . }}\n{{- end }}\n`;
    });
  }

  #add(template: string, way: 'value' | 'optional' = 'value'): string {
    this.#templates.push(template);
    return `${this.#mark} ${way} ${this.#templates.length - 1}`;
  }
}
