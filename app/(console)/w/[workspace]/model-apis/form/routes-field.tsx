'use client'

import { useId } from 'react'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useField } from '@/components/form/use-field.ts'
import { CopyButton } from '@/components/ui/copy-button.tsx'
import { Switch } from '@/components/ui/switch.tsx'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { basePath } from '@/lib/domain/model-api.ts'
import { belowBase, type ModelApiRoute, routesOf } from '@/lib/domain/model-api-routes.ts'

/** More than these scroll in a box of their own. */
const rowsShown = 8

/** What the API answers, each with a switch. */
export function RoutesField() {
  const t = useTranslations('model-apis.form')
  const [useCase, protocol, written] = useWatch<
    ModelApiFormValues,
    readonly ['useCase', 'protocol', 'basePath']
  >({ name: ['useCase', 'protocol', 'basePath'] })
  const { id, field, error } = useField<ModelApiFormValues>({ name: 'disabledRoutes' })
  const off: readonly string[] = Array.isArray(field.value) ? (field.value as string[]) : []
  const routes = routesOf(useCase, protocol)
  const on = routes.filter(({ name }) => !off.includes(name)).length
  const base = basePath.safeParse(written)
  const toggle = (name: string, isOn: boolean) => {
    field.onChange(isOn ? off.filter((other) => other !== name) : [...off, name])
  }
  return (
    <FieldFrame
      id={id}
      label={t('routes')}
      help={t('routesHelp')}
      error={error}
      as="group"
      aside={t('routesOn', { on, count: routes.length })}
      className="max-w-none"
    >
      <div
        className={
          routes.length > rowsShown
            ? 'max-h-[296px] overflow-y-auto border-y border-line'
            : 'border-t border-line'
        }
      >
        <ul aria-labelledby={`${id}-label`} className="divide-y divide-line border-b border-line">
          {routes.map((route) => (
            <RouteRow
              key={route.name}
              route={route}
              path={belowBase(base.success ? base.data : '/', route.path)}
              isOn={!off.includes(route.name)}
              onToggle={(isOn) => toggle(route.name, isOn)}
              onBlur={field.onBlur}
            />
          ))}
        </ul>
      </div>
    </FieldFrame>
  )
}

interface RouteRowProps {
  readonly route: ModelApiRoute
  /** With the base path. */
  readonly path: string
  readonly isOn: boolean
  readonly onToggle: (isOn: boolean) => void
  readonly onBlur: () => void
}

function RouteRow({ route: { methods, match }, path, isOn, onToggle, onBlur }: RouteRowProps) {
  const t = useTranslations('model-apis.form')
  const id = useId()
  const method = methods.length === 5 ? t('anyMethod') : methods.join(' ')
  return (
    <li className="flex min-h-9 items-center gap-3">
      <Switch
        id={id}
        checked={isOn}
        onCheckedChange={onToggle}
        onBlur={onBlur}
        aria-labelledby={`${id}-label`}
      />
      <label htmlFor={id} id={`${id}-label`} className="min-w-0 flex-1 py-1.5 font-mono text-code">
        <span className={isOn ? 'text-ink-3' : 'text-ink-disabled'}>{method} </span>
        <span className={isOn ? 'text-ink [overflow-wrap:anywhere]' : 'text-ink-3 [overflow-wrap:anywhere]'}>
          {path}
          {match === 'prefix' ? '/…' : ''}
        </span>
      </label>
      <CopyButton value={path} name={t('path')} />
    </li>
  )
}
