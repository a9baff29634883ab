import { Button } from '@/components/ui/button.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'

interface EditDeleteActionsProps {
  readonly labels: { readonly edit: string; readonly delete: string }
  readonly editHref: string
  /** Why neither may be done. */
  readonly refusal: string | undefined
  readonly onDelete: () => void
}

/** What the header of an object offers. */
export function EditDeleteActions({ labels, editHref, refusal, onDelete }: EditDeleteActionsProps) {
  return (
    <>
      {refusal === undefined ? (
        <ButtonLink href={editHref} shortcut="e">
          {labels.edit}
        </ButtonLink>
      ) : (
        <Button disabledReason={refusal}>{labels.edit}</Button>
      )}
      <Button variant="quiet" className="text-bad-text!" disabledReason={refusal} onClick={onDelete}>
        {labels.delete}
      </Button>
    </>
  )
}
