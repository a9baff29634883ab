'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { type DefaultValues, type FieldValues, type UseFormReturn, useForm } from 'react-hook-form'
import type * as z from 'zod'
import { useIssueText } from './issue-text.ts'

type KitFormOptions<Input extends FieldValues, Output> = {
  /** The schema that the API checks with. */
  readonly schema: z.ZodType<Output, Input>
  readonly defaultValues: DefaultValues<Input>
}

export type KitForm<Input extends FieldValues, Output> = UseFormReturn<Input, unknown, Output>

/**
 * A form that checks on blur, then on every change. Give the component that calls it a `key` of object id
 * and version, so that a second object never shows the first one's input.
 */
export function useKitForm<Input extends FieldValues, Output extends FieldValues>({
  schema,
  defaultValues,
}: KitFormOptions<Input, Output>): KitForm<Input, Output> {
  const error = useIssueText()
  return useForm<Input, unknown, Output>({
    resolver: zodResolver(schema, { error }),
    defaultValues,
    mode: 'onTouched',
    shouldFocusError: true,
  })
}
