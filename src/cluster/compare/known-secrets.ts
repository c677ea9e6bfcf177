import { parse } from 'yaml';
import { isMapping } from '../../document/is-mapping';
import { hideIn, maskAssignments } from '../../document/mask-text';
import { maskUrlPasswords } from '../../document/mask';
import { isSecretName } from '../../document/secret-names';
import type { KubernetesObject } from '../api/objects';

/** Shorter strings are in too much that is no secret. */
const SHORTEST = 6;

/** Values of Secrets, so that they are hidden wherever else they turn up. */
export class KnownSecrets {
  readonly #texts = new Set<string>();

  /** Learns what Secrets hold, in clear text and encoded. */
  learn(objects: Iterable<KubernetesObject>): this {
    for (const object of objects) if (object.kind === 'Secret') this.#learnSecret(object);
    return this;
  }

  /** Learns secrets that are known as such. */
  learnTexts(texts: Iterable<string | undefined>): this {
    for (const text of texts) this.#add((text ?? '').trim());
    return this;
  }

  /** A string without them, and without passwords of URLs. */
  hide(text: string): string {
    return maskUrlPasswords(hideIn(text, [...this.#texts]));
  }

  /** A line of a log without them, and without what is assigned to secret-sounding names. */
  hideInLog(line: string): string {
    return this.hide(maskAssignments(line));
  }

  #learnSecret(object: KubernetesObject): void {
    for (const encoded of Object.values(isMapping(object['data']) ? object['data'] : {})) {
      const text = Buffer.from(String(encoded), 'base64').toString('utf8');
      this.#add(String(encoded));
      if (text.includes('\n') || text.includes(': ')) this.#learnDocument(text);
      else this.#add(text);
    }
    for (const text of Object.values(isMapping(object['stringData']) ? object['stringData'] : {}))
      this.#learnSecret({
        ...object,
        stringData: undefined,
        data: { text: Buffer.from(String(text)).toString('base64') },
      });
  }

  /** A document of settings has names and addresses too, which are no secrets. */
  #learnDocument(text: string): void {
    let value: unknown;
    try {
      value = parse(text, { logLevel: 'silent' });
    } catch {
      value = undefined;
    }
    if (value === undefined || typeof value === 'string')
      for (const line of text.split('\n')) this.#add(line.trim());
    else this.#learnLeaves(value, '');
  }

  #learnLeaves(value: unknown, name: string): void {
    if (typeof value === 'string' && isSecretName(name)) this.#add(value.trim());
    else if (Array.isArray(value)) for (const item of value) this.#learnLeaves(item, name);
    else if (isMapping(value))
      for (const [key, inner] of Object.entries(value)) this.#learnLeaves(inner, key);
  }

  #add(text: string): void {
    if (text.length >= SHORTEST) this.#texts.add(text);
  }
}
