/** Every key of a workspace's data begins with this, so a lost connection can refresh all of it at once. */
export function workspaceKey(workspace: string) {
  return ['workspace', workspace] as const
}
