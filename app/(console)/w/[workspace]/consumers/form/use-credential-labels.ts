'use client'

import { useTranslations } from 'use-intl'

/** The names of a credential's fields, for the list of what is wrong. */
export function useCredentialLabels(): Readonly<Record<string, string>> {
  const t = useTranslations('consumers.form')
  return {
    'credential.type': t('type'),
    'credential.jwksUrl': t('jwksUrl'),
    'credential.jwks': t('jwks'),
    'credential.jwtSecret': t('jwtSecret'),
    'credential.algorithms': t('algorithms'),
    'credential.claim': t('claim'),
    'credential.value': t('value'),
    'credential.issuer': t('issuer'),
    'credential.audience': t('audience'),
    'credential.clockSkewSeconds': t('clockSkew'),
    'credential.keyId': t('keyId'),
    'credential.secret': t('secret'),
    'credential.maxAgeSeconds': t('maxAge'),
    'credential.place': t('place'),
    'credential.placeName': t('placeName'),
    'credential.key': t('key'),
  }
}
