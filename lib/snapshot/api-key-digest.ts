import { hash } from 'node:crypto'

/**
 * SHA-256 in base64 of a consumer's key, bound to its workspace: equal keys of two workspaces have nothing in common,
 * and the time of looking one up says nothing about how much of a guess was right.
 */
export function apiKeyDigest(workspaceId: string, key: string): string {
  return hash('sha256', `${workspaceId}\n${key}`, 'base64')
}
