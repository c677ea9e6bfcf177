import { factsOf } from '../diagnostics/codes';
import type { Explanation } from '../diagnostics/explanation';
import { explanations } from '../explanations/registry';
import { releasesText, runningClusterFactsOf } from '../explanations/running-cluster';
import { expandedExample } from '../identity-providers/example';
import type { Provider } from '../identity-providers/provider';
import { providerNamed, allProviders } from '../identity-providers/registry';
import { describeField, type FieldDescription } from './field-description';

/** Something with what it is, in words. */
export interface Named {
  readonly name: string;
  readonly description: string;
}

/** What pachkit knows about what it was asked for: one of these. */
export interface Explained {
  /** The page of a code. */
  readonly page?: Explanation & { readonly slug: string };
  /** A field of the document, or a key of a connector. */
  readonly field?: FieldDescription & {
    /** What happens in a cluster that runs already when the field is emptied, removed or renamed. */
    readonly inRunningCluster: readonly {
      /** Missing where it is so in all releases. */
      readonly releases?: string;
      readonly effect: string;
      readonly command?: string;
    }[];
  };
  /** An identity provider. */
  readonly provider?: Named & {
    readonly fields: readonly (Named & { readonly isRequired: boolean })[];
    /** A connector that names the provider, as YAML. */
    readonly example: string;
    /** The connector of Dex that it becomes, as YAML. */
    readonly becomes: string;
  };
  /** All identity providers. */
  readonly providers?: readonly Named[];
}

/** The page of a code or slug, or the field at a path; undefined when there is neither. */
export function explained(subject: string): Explained | undefined {
  const page = explanations.find(
    ({ code }) => code === subject.toUpperCase() || factsOf(code).slug === subject.toLowerCase(),
  );
  if (page) return { page: { ...page, slug: factsOf(page.code).slug } };
  const field = describeField(subject);
  if (!field) return undefined;
  const inRunningCluster = runningClusterFactsOf(field.path).map((fact) => {
    const releases = releasesText(fact);
    return {
      ...(releases === '' ? {} : { releases }),
      effect: fact.effect,
      ...(fact.command === undefined ? {} : { command: fact.command }),
    };
  });
  return { field: { ...field, inRunningCluster } };
}

/** The identity provider of a name, or without one all of them; undefined when there is none of that name. */
export function explainedProvider(name: string | undefined): Explained | undefined {
  if (name === undefined)
    return { providers: allProviders().map((each) => ({ name: each.name, description: each.description })) };
  const provider = providerNamed(name);
  return provider && { provider: providerFacts(provider) };
}

function providerFacts(provider: Provider): NonNullable<Explained['provider']> {
  const { written, becomes } = expandedExample(provider);
  return {
    name: provider.name,
    description: provider.description,
    fields: Object.entries(provider.fields).map(([key, field]) => ({
      name: key,
      description: String(field['description']),
      isRequired: provider.required.includes(key),
    })),
    example: written,
    becomes,
  };
}
