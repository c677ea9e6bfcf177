import { FATES } from '../../helm-migration/report';
import { code, html, list, table } from '../markup';
import type { Section } from './section';

/** What `pachkit synth` writes. */
export const objectsSection: Section = {
  name: 'objects',
  title: 'Objects and files',
  content: ({ name, objects, folders = [] }) =>
    objects === undefined
      ? undefined
      : html`<p>pachkit synth writes these folders:</p>
          ${list(folders.map((folder) => [code(`${folder.name}/`), ` ${folder.description}`]))}${table(
            `Objects of ${name}`,
            ['Kind', 'Names'],
            [...objects].map(([kind, names]) => [kind, names.join(', ')]),
          )}`,
};

/** What the values of the official chart cannot say, or say in another way. */
export const chartSection: Section = {
  name: 'chart',
  title: 'What differs from the official chart',
  content: ({ name, chart }) =>
    chart === undefined || chart.length === 0
      ? undefined
      : table(
          `What differs from the official chart in ${name}`,
          ['Field', 'In the chart', 'What that means'],
          chart.map(({ path, fate, field, message }) => [code(path), field ?? FATES[fate], message ?? '']),
        ),
};
