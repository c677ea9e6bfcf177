import { version } from '../../../package.json';
import { factsOf } from '../../diagnostics/codes';
import type { Diagnostic, SourceRange } from '../../diagnostics/diagnostic';
import { findingText } from './finding-text';
import { fileUri, fingerprints } from './fingerprint';
import type { Judged } from './reporter';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HOME = 'https://github.com/pachkit/pachkit';
/** Files are named from here: GitHub takes it for the root of the repository. */
const ROOT = '%SRCROOT%';

/**
 * Findings as SARIF 2.1.0 (OASIS, errata 01), which code scanning at GitHub, GitLab and Azure DevOps and editors read. Rules
 * carry the pages of their codes; columns count UTF-16 code units; fixes are those of `validate --fix`.
 */
export async function sarif({ diagnostics, isFailure }: Judged): Promise<string> {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const marks = fingerprints(diagnostics);
  const explanations = codes.length === 0 ? [] : (await import('../../explanations/registry')).explanations;
  const rules = codes.map((code) => {
    const page = explanations.find((each) => each.code === code);
    const title = page?.title ?? code;
    return {
      id: code,
      name: pascalCase(factsOf(code).slug),
      shortDescription: { text: `${title}.` },
      fullDescription: { text: page?.reason ?? `${title}.` },
      help: {
        text: page ? `${page.reason}\n\n${page.remedy}` : title,
        markdown: page ? `${page.reason}\n\n**Fix**: ${page.remedy}` : title,
      },
      helpUri: `${HOME}/blob/main/docs/reference/diagnostics.md#${code.toLowerCase()}`,
      defaultConfiguration: {
        level: diagnostics.some((each) => each.code === code && each.severity === 'error')
          ? 'error'
          : 'warning',
      },
    };
  });
  const results = diagnostics.map((diagnostic, index) => ({
    ruleId: diagnostic.code,
    ruleIndex: codes.indexOf(diagnostic.code),
    level: diagnostic.severity,
    message: { text: findingText(diagnostic) },
    locations: [{ physicalLocation: physicalLocation(diagnostic) }],
    partialFingerprints: { 'pachkit/v1': marks[index] },
    ...(diagnostic.fix && {
      fixes: [
        {
          description: { text: `${diagnostic.fix.title}.` },
          artifactChanges: [
            {
              artifactLocation: artifact(diagnostic.location.file),
              replacements: [
                {
                  deletedRegion: region(diagnostic.fix.range),
                  insertedContent: { text: diagnostic.fix.replacement },
                },
              ],
            },
          ],
        },
      ],
    }),
    ...(diagnostic.clusters && { properties: { clusters: diagnostic.clusters } }),
  }));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'pachkit',
            fullName: `pachkit ${version}`,
            organization: 'pachkit',
            version,
            semanticVersion: version,
            informationUri: HOME,
            rules,
          },
        },
        automationDetails: { id: 'pachkit/' },
        originalUriBaseIds: { [ROOT]: { description: { text: 'The folder that pachkit ran in.' } } },
        invocations: [{ executionSuccessful: true, exitCode: isFailure ? 1 : 0 }],
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function artifact(file: string): { uri: string; uriBaseId?: string } {
  const uri = fileUri(file);
  return uri.startsWith('file:') ? { uri } : { uri, uriBaseId: ROOT };
}

function physicalLocation({ location: { file, range, source } }: Diagnostic): object {
  // GitHub asks for a line of every finding, and so does the validator of the format.
  if (!range) return { artifactLocation: artifact(file), region: { startLine: 1 } };
  const lines = numbers(range.line, range.endLine).map((line) => source?.shownLine(line));
  const snippet = lines.every((line) => line !== undefined) ? lines.join('\n') : undefined;
  return {
    artifactLocation: artifact(file),
    region: region(range),
    // Whole lines, with secrets masked: what is at the region itself may be one.
    ...(snippet !== undefined && {
      contextRegion: { startLine: range.line, endLine: range.endLine, snippet: { text: snippet } },
    }),
  };
}

/** The most lines that are shown of a finding that goes on for many. */
const SHOWN_LINES = 20;

function numbers(first: number, last: number): number[] {
  return Array.from({ length: Math.min(last - first + 1, SHOWN_LINES) }, (_, index) => first + index);
}

function region({ line, column, endLine, endColumn }: SourceRange): object {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** `missing-required-key` as MissingRequiredKey. */
function pascalCase(slug: string): string {
  return slug.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
