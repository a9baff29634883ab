import type { FailureKind, ProtocolFailure } from '@/lib/protocols/canonical.ts'

const byKind: Readonly<Partial<Record<FailureKind, string>>> = {
  authentication:
    'The provider refuses the key. Check that it is whole, still valid, and of this provider and region.',
  permission: 'The key may not do this. Check with the provider which models and operations it is for.',
  'not-found': 'The provider does not know the model or the path. Check the model’s name and the base URL.',
  quota:
    'The account has no credit or quota left. Top it up with the provider, or add a key of another account.',
  'rate-limit':
    'The provider limits how often it may be asked. Add keys, or ask the provider for a higher limit.',
  'content-filter': 'The provider’s content filter stopped this. Its rules are set with the provider.',
  overloaded: 'The provider is overloaded. Try again later.',
  'too-large': 'This is longer than the model takes. Send less, or choose a model with a longer context.',
}

/** `own` by the provider's codes, or by kind. */
export function explainFailure(
  { code, kind }: ProtocolFailure,
  own: Readonly<Record<string, string>>,
): string | null {
  const ofCode = code !== null && Object.hasOwn(own, code) ? own[code] : undefined
  return ofCode ?? own[kind] ?? byKind[kind] ?? null
}
