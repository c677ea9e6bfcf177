import { conditionOf, codesOf } from '../../graph/attach';
import { titleOf } from '../../graph/picture';
import type { Cause } from '../../why/ask';
import type { ClusterReport, Origins } from '../cluster-report';
import { code, html, table, type Markup } from '../markup';
import type { Section } from './section';

/** Every URL and address, with who calls it. */
export const urlsSection: Section = {
  name: 'urls',
  title: 'Who calls what',
  content: (report) => {
    const { picture } = report;
    if (picture.arrows.length === 0) return undefined;
    return table(
      `URLs of ${report.name}`,
      ['From', 'To', 'What', 'URL', 'Protocol', 'Findings'],
      picture.arrows.map((arrow, index) => [
        titleOf(picture, arrow.from),
        titleOf(picture, arrow.to),
        [arrow.what, ...(arrow.isByBrowser ? [', through browsers'] : [])],
        arrow.address === undefined ? '' : address(report, arrow.address, index),
        [arrow.protocol ?? '', ...(arrow.lines ?? []).map((line) => html`<br />${line}`)],
        conditionOf(arrow) === 'fine'
          ? ''
          : codesOf(arrow).map(
              (each) => html`<a href="#${report.id}-${each}" class="${conditionOf(arrow)}">${each}</a> `,
            ),
      ]),
    );
  },
};

/** A URL, and for those who point at it or come to it by keyboard why it is that. */
function address({ id, origins }: ClusterReport, text: string, index: number): Markup {
  const origin = origins.get(text);
  if (origin === undefined) return code(text);
  const tip = `${id}-why-${index}`;
  return html`<span class="why"
    ><button type="button" aria-describedby="${tip}">${code(text)}</button
    ><span role="tooltip" id="${tip}">${explanation(origin)}</span></span
  >`;
}

function explanation({ object, field, causes }: Origins): Markup {
  return html`<span class="line"><b>${object}</b> ${field}</span
    >${causes.map((cause) => html`<span class="line">${causeText(cause)}</span>`)}`;
}

function causeText(cause: Cause): string {
  switch (cause.kind) {
    case 'line':
    case 'existence':
      return `${cause.file}:${cause.line} ${cause.text}`;
    case 'default':
      return `left out: ${cause.field}. ${cause.text}`;
    case 'release':
      return `${cause.file}:${cause.line} release ${cause.release}; another or none in ${cause.others.map(({ release }) => release).join(', ')}`;
    case 'derivation':
      return `${cause.name}: ${cause.text}`;
    case 'fixed':
      return cause.text;
  }
}
