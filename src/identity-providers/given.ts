import { toValue, type SourceNode } from '../document/source-node';
import { Unchanged, type Given } from './provider';

/** The fields of a connector that names a provider, all of them in the right form. */
export function givenIn({ entries }: SourceNode): Given {
  return {
    text: (field) => {
      const scalar = entries?.get(field)?.scalar;
      return scalar === undefined || scalar === null ? undefined : String(scalar);
    },
    texts: (field) => {
      const node = entries?.get(field);
      const value = node && toValue(node);
      return Array.isArray(value) ? value.map(String) : [];
    },
    isOn: (field, otherwise) => {
      const scalar = entries?.get(field)?.scalar;
      return typeof scalar === 'boolean' ? scalar : otherwise;
    },
    has: (field) => entries?.has(field) === true,
    unchanged: (field) => (entries?.has(field) ? new Unchanged(field) : undefined),
  };
}
