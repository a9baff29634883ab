/** The snapshot cannot be run; the reason is safe to show in the console. */
export class SnapshotRefused extends Error {
  override readonly name = 'SnapshotRefused'
}
