import type { PodLook } from '../../cluster/live';
import type { Consultation, Examined } from '../../doctor/examine-files';
import { targetOf } from '../cluster-options';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { examinationJson } from '../examination-json';
import { examinationText } from '../examination-text';
import { documentInput, secretInput, type Host } from '../host';
import { interruptible, unlessInterrupted } from '../interrupts';
import { lookSettings } from '../look-options';
import { personAt } from '../person';
import { refusing } from '../refuse';
import { report } from '../reporters';
import { secondsOf } from '../seconds';
import type { DataOf } from '../report-types';

const refuse = refusing('doctor');

/** `pachkit doctor FILE` */
export async function doctor(
  host: Host,
  [file = '-']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const timeout = secondsOf(options['timeout']);
  if ('problem' in timeout) return refuse(host, timeout.problem);
  const look = lookSettings(host, options);
  if ('problem' in look) return refuse(host, look.problem);
  const connectorID = options['login'] as string | undefined;
  if (connectorID !== undefined && file === '-')
    return refuse(host, '--login asks on standard input: name the file of the document');
  const inCluster = options['inCluster'] === true;
  if (inCluster && options['cluster'] === false)
    return refuse(host, '--in-cluster asks the cluster, and --no-cluster does not: give one of them');
  const { examineFile } = await import('../../doctor/examine-files');
  const consultation = {
    documents: documentInput(host),
    secrets: secretInput(host, true),
    environment: host.environment,
    ...look,
    timeout: timeout.seconds * 1000,
    offline: options['offline'] === true,
    ...(connectorID === undefined ? {} : { login: { connectorID, person: personAt(host) } }),
    now: () => Date.now(),
  };
  const examined = inCluster
    ? await examineInCluster(host, file, options, consultation)
    : await examineFile(file, consultation);
  if (examined === undefined) return refuse(host, 'interrupted', ExitCode.environment);
  if ('problem' in examined) return refuse(host, examined.problem);
  return reportExamined(host, file, options, examined);
}

/** With the Secrets of the cluster, and through one of its Pods, which is deleted also when someone interrupts. */
async function examineInCluster(
  host: Host,
  file: string,
  options: CommandOptions,
  consultation: Consultation,
): Promise<Examined | { readonly problem: string } | undefined> {
  const [{ lookFromPods, secretsOfCluster }, { examineFile }] = await Promise.all([
    import('../../cluster/live'),
    import('../../doctor/examine-files'),
  ]);
  const target = targetOf(host, options);
  const cluster = secretsOfCluster(target, file);
  const image = options['image'] as string | undefined;
  return interruptible(async (signal) => {
    const looks: Promise<PodLook>[] = [];
    try {
      const examined = examineFile(file, {
        ...consultation,
        secretsOf: cluster.read,
        lookFromPods: (of, readsSecrets) => {
          const own = image === undefined ? {} : { image };
          const look = lookFromPods(target, { cluster: of, file, readsSecrets, signal, ...own });
          looks.push(look);
          return look;
        },
      });
      return await unlessInterrupted(signal, examined);
    } finally {
      for (const look of await Promise.all(looks)) if ('close' in look) await look.close();
      cluster.close();
    }
  });
}

function reportExamined(
  host: Host,
  file: string,
  options: CommandOptions,
  examined: Examined,
): Promise<ExitCode> {
  const { examinations, diagnostics, unsaid } = examined;
  return report(
    host,
    options,
    {
      diagnostics,
      checked: [file],
      unsaid,
      data: { clusters: examinations.map(examinationJson) } satisfies DataOf<'doctor'>,
      before: (style) =>
        examinations
          .map((examination) => examinationText(examination, { ...style, isQuiet: options.quiet }))
          .join('\n'),
    },
    { findings: 'stdout', result: 'stdout' },
  );
}
