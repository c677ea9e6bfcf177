import type { Construct } from 'constructs';
import type { TerraformBackendSettings } from '../model/cluster';
import { TerraformBackend, TerraformRemoteState } from './cdktf';

/**
 * Where Terraform keeps the state, with the settings as the document has them. cdktf's own classes would turn the path of
 * a local state into an absolute one. Templates in the settings have been refused: Terraform reads them as plain text,
 * OpenTofu as templates.
 */
export class StateBackend extends TerraformBackend {
  readonly #backend: TerraformBackendSettings;

  constructor(scope: Construct, id: string, backend: TerraformBackendSettings) {
    super(scope, id, backend.kind);
    this.#backend = backend;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.#backend.settings };
  }

  /** How another stack of the same cdktf app reads the outputs of this one. */
  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    return new RemoteState(scope, name, this.#backend);
  }
}

class RemoteState extends TerraformRemoteState {
  constructor(scope: Construct, id: string, { kind, settings }: TerraformBackendSettings) {
    super(scope, id, kind, { ...settings });
  }
}
