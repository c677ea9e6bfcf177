import { findingsOf } from '../attach';
import type { Picture } from '../picture';
import { escaped } from './markup';
import { page } from './page';
import { PICTURE_STYLE, svgElement } from './svg';
import { findingText } from './text';

const STYLE = `
body{margin:0 auto;max-width:1400px;padding:1rem;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;background:#fff;color:#1b1f24}
@media screen and (prefers-color-scheme:dark){body{background:#0f1317;color:#e8ecf0}}
.scroll{overflow-x:auto}
.scroll svg{display:block;margin:0 auto}
li.error{color:#b3261e}li.warning{color:#8a5300}
@media screen and (prefers-color-scheme:dark){li.error{color:#ff8a80}li.warning{color:#ffb74d}}
li{overflow-wrap:anywhere}
@media print{.scroll svg{max-width:100%;height:auto}}
`;

/** A page with the pictures and what is wrong. */
export function html(pictures: readonly Picture[]): string {
  const names = pictures.map(({ name }) => name).join(', ');
  return page({
    title: `Login of ${names}`,
    styles: [PICTURE_STYLE, STYLE],
    scripts: [],
    body: `<main>\n${pictures.map(section).join('\n')}\n</main>`,
  });
}

function section(picture: Picture): string {
  const { name } = picture;
  const findings = findingsOf(picture);
  return [
    '<section>',
    `<h1>${escaped(name)}</h1>`,
    `<div class="scroll" tabindex="0" role="region" aria-label="Picture of ${escaped(name)}">${svgElement([picture], { isFile: false })}</div>`,
    ...(findings.length === 0
      ? []
      : [
          '<h2>Findings</h2>',
          `<ul>${findings
            .map((finding) => `<li class="${finding.severity}">${escaped(findingText(finding))}</li>`)
            .join('')}</ul>`,
        ]),
    '</section>',
  ].join('\n');
}
