import type { Diagnostic } from '../diagnostics/diagnostic';
import { page } from '../graph/formats/page';
import { PICTURE_STYLE } from '../graph/formats/svg';
import type { CheckedDocument } from '../pipeline/check-document';
import { clusterReports, type ClusterReport, type ReportOptions } from './cluster-report';
import { html, table, type Markup } from './markup';
import { sections } from './sections';
import { PAGE_SCRIPT, RELOAD_SCRIPT } from './script';
import { PAGE_STYLE } from './style';

/** What a page is made of besides documents. */
export interface PageOptions extends ReportOptions {
  /** Whether the page comes from a server that says when it has changed. */
  readonly isServed: boolean;
}

/** A page about clusters, in one file that asks no one for anything. */
export async function reportPage(
  documents: readonly CheckedDocument[],
  diagnostics: readonly Diagnostic[],
  { isServed, ...options }: PageOptions,
): Promise<string> {
  const reports = await clusterReports(documents, diagnostics, options);
  const title = reports.length === 1 ? `Cluster ${reports[0]?.name ?? ''}` : `${reports.length} clusters`;
  // Of files that are no documents, there is nothing to show but what is wrong with them.
  const shown = new Set(reports.flatMap(({ findings }) => findings));
  const others = diagnostics.filter((finding) => !shown.has(finding));
  return page({
    title,
    styles: [PICTURE_STYLE, PAGE_STYLE],
    scripts: [PAGE_SCRIPT, ...(isServed ? [RELOAD_SCRIPT] : [])],
    ...(isServed ? { connects: "'self'" as const } : {}),
    body: html`<header><h1>${title}</h1></header>
      ${reports.length > 1 ? html`<nav aria-label="Clusters">${overview(reports)}</nav>` : ''}
      <main>
        ${
          others.length === 0
            ? ''
            : html`<section aria-label="Findings about files">
                <h2>About files</h2>
                <ul>
                  ${others.map(
                    ({ code, severity, message, location }) =>
                      html`<li>
                        <b class="${severity}">${severity} ${code}</b> ${location.file}: ${message}
                      </li>`,
                  )}
                </ul>
              </section>`
        }
        ${reports.map(article)}
      </main>
      <footer>
        <p>
          Made by pachkit from ${documents.length === 1 ? 'a document' : `${documents.length} documents`}; no
          secret was read for it.
        </p>
      </footer>`.text,
  });
}

/** The clusters of a page in a table. */
function overview(reports: readonly ClusterReport[]): Markup {
  return table(
    'Overview of clusters',
    ['Cluster', 'Release', 'Console', 'Connectors', 'Errors', 'Warnings'],
    reports.map(({ id, name, cluster, findings }) => {
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      return [
        html`<a href="#${id}">${name}</a>`,
        cluster?.release.version.text ?? '',
        cluster?.console.enabled ? cluster.urls.console : '',
        cluster?.identity.connectors.map((connector) => connector.id).join(', ') ?? '',
        errors === 0 ? '0' : html`<b class="error">${errors}</b>`,
        findings.length - errors,
      ];
    }),
  );
}

function article(report: ClusterReport): Markup {
  const { id, name, file, cluster, findings } = report;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const facts = [
    file,
    ...(cluster
      ? [
          `release ${cluster.release.version.text}`,
          `profile ${cluster.profile}`,
          `namespace ${cluster.namespace}`,
        ]
      : []),
  ];
  return html`<article id="${id}" aria-labelledby="${id}-name">
    <h2 id="${id}-name">${name}</h2>
    <p class="faint">${facts.join(' · ')}</p>
    ${errors > 0 ? html`<p class="error">The document has ${errors === 1 ? 'an error' : `${errors} errors`}: what is below is what is known.</p>` : ''}
    ${sections.map((section) => {
      const content = section.content(report);
      return content === undefined
        ? ''
        : html`<section aria-labelledby="${id}-${section.name}">
            <h3 id="${id}-${section.name}">${section.title}</h3>
            ${content}
          </section> `;
    })}
  </article> `;
}
