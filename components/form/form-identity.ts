'use client'

import { createContext, useContext } from 'react'

const FormIdentityContext = createContext('form')

/** Gives the fields of one form an id prefix that no other form on the page has. */
export const FormIdentity = FormIdentityContext.Provider

export function useFieldId(name: string): string {
  return `${useContext(FormIdentityContext)}-${name.replaceAll('.', '-')}`
}

export function useFormId(): string {
  return useContext(FormIdentityContext)
}
