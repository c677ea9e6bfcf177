import type { Examination } from '../doctor/examine-files';
import type { JsonExamination } from './report-types';

/** An examination as programs read it: each hop with its code and its fix. */
export function examinationJson({ name, sections }: Examination): JsonExamination {
  return {
    name,
    sections: sections.map(({ name: section, about, hops }) => ({
      name: section,
      about,
      hops: hops.map(({ name: hop, status, seen, fault, details }) => ({
        name: hop,
        status,
        seen,
        ...details,
        ...(fault === undefined ? {} : { code: fault.code, fix: fault.hint }),
      })),
    })),
  };
}
