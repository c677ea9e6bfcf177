import { codeFrame } from '../../diagnostics/code-frame';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { html, type Markup } from '../markup';
import type { Section } from './section';

/** What is wrong, at its line. */
export const findingsSection: Section = {
  name: 'findings',
  title: 'Findings',
  content: ({ id, findings }) => {
    if (findings.length === 0) return html`<p>Nothing is found in the document.</p>`;
    const seen = new Set<string>();
    return html`<ol class="findings">
      ${findings.map((finding) => {
        const isFirst = !seen.has(finding.code);
        seen.add(finding.code);
        return item(finding, isFirst ? `${id}-${finding.code}` : undefined);
      })}
    </ol>`;
  },
};

function item({ code, severity, message, hint, location }: Diagnostic, anchor: string | undefined): Markup {
  const { range } = location;
  const place = `${location.file}${range ? `:${range.line}:${range.column}` : ''}`;
  const frame = codeFrame(location);
  const number = (line: number): string => String(line).padStart(4);
  return html`<li${anchor === undefined ? '' : html` id="${anchor}"`}><p><b class="${severity}">${severity} ${code}</b> ${message}</p><p class="faint">${place}</p>${
    frame
      ? html`<pre>${frame.before ? `${number(frame.before.number)} | ${frame.before.text}\n` : ''}${number(frame.line.number)} | ${frame.line.text}
     | ${frame.indentation}<span class="${severity}">${'^'.repeat(frame.caretLength)}</span></pre>`
      : ''
  }${hint === undefined ? '' : html`<p>help: ${hint}</p>`}</li>`;
}
