'use client'

import { useEffect, useRef } from 'react'
import { useFormContext } from 'react-hook-form'

/** Takes back what was said of these fields as soon as something else is chosen, which shows others instead of them. */
export function useForgetComplaints(choice: unknown, fields: readonly string[]): void {
  const { clearErrors } = useFormContext()
  const last = useRef(choice)
  useEffect(() => {
    if (last.current === choice) return
    last.current = choice
    clearErrors([...fields])
  }, [choice, fields, clearErrors])
}
