import { svgElement } from '../../graph/formats/svg';
import { html, Markup } from '../markup';
import type { Section } from './section';

/** The chain of a login and the parts of the cluster. */
export const pictureSection: Section = {
  name: 'picture',
  title: 'Picture',
  content: ({ picture }) =>
    picture.parts.length === 0
      ? undefined
      : html`<p>
            Solid arrows are connections, dashed ones what browsers carry. The next section has the same as a
            table.
          </p>
          <div class="scroll picture" tabindex="0" role="region" aria-label="Picture of ${picture.name}">
            ${new Markup(svgElement([picture], { isFile: false }))}
          </div>`,
};
