import { createLogUpdate } from 'log-update';
import { eventLines, waitingLine } from './event-text';
import type { RunEvent } from './run-event';
import type { Style } from './style';

/** What a terminal shows and shows anew. */
class Live {
  protected readonly update: ReturnType<typeof createLogUpdate>;

  constructor(stream: NodeJS.WriteStream) {
    this.update = createLogUpdate(stream, { showCursor: true });
  }

  /** Leaves what was shown last. */
  end(): void {
    this.update.done();
  }
}

/** Lines on a terminal: what is done stays above, what is waited for is one line each below, kept up to date. */
export class LiveLines extends Live {
  readonly #waiting = new Map<string, string>();

  show(event: RunEvent, style: Style): void {
    const { colors } = style;
    if (event.type === 'waiting') {
      this.#waiting.set(event.object, waitingLine(event, colors));
      // A log is read once; it is no state.
      const log = eventLines(event, style).slice(1);
      if (log.length > 0) this.update.persist([waitingLine(event, colors), ...log].join('\n'));
    } else {
      if (event.type === 'ready') this.#waiting.delete(event.object);
      this.update.persist(eventLines(event, style).join('\n'));
    }
    this.update([...this.#waiting.values()].join('\n'));
  }
}

/** What a terminal shows, in the place of what it showed before. */
export class LiveScreen extends Live {
  show(text: string): void {
    this.update(text.trimEnd());
  }
}
