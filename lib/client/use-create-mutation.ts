import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { IdempotencyKeys } from './idempotency-keys.ts'

interface CreateOptions<Input, Output> {
  readonly create: (input: Input, idempotencyKey: string) => Promise<Output>
  readonly invalidates: readonly QueryKey[]
  /** True when the answer carries a secret: it then leaves memory with the view. */
  readonly secret?: boolean
}

/** A mutation that creates something: repeating it after a lost answer does not create a second one. */
export function useCreateMutation<Input, Output>({
  create,
  invalidates,
  secret,
}: CreateOptions<Input, Output>) {
  const queryClient = useQueryClient()
  const [keys] = useState(() => new IdempotencyKeys())
  return useMutation({
    mutationFn: (input: Input) => create(input, keys.keyFor(input)),
    onSettled: (_output, error) => keys.settle(error),
    onSuccess: () => Promise.all(invalidates.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
    ...(secret ? { gcTime: 0 } : {}),
  })
}
