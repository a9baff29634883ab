import { StatusText } from '@/components/feedback/status-text.tsx'

/** What to know before saving; nothing where there is nothing. */
export function NoteList({ label, notes }: { readonly label: string; readonly notes: readonly string[] }) {
  if (notes.length === 0) return null
  return (
    <ul aria-label={label} className="mt-4 flex flex-col gap-1.5 text-control">
      {notes.map((note) => (
        <li key={note}>
          <StatusText tone="warn">
            <span className="[overflow-wrap:anywhere]">{note}</span>
          </StatusText>
        </li>
      ))}
    </ul>
  )
}
