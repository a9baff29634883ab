/** What a source offers, for forms and for a check before it is saved. */
export interface Catalogue {
  /** Never rejects: what does not work is told in `message`. */
  check(): Promise<CatalogueCheck>
  /** Rejects with `CatalogueError`. */
  namespaces(): Promise<CatalogueNamespace[]>
  /** Of one namespace; Nacos has its own alone and takes no notice. Rejects with `CatalogueError`. */
  services(namespace: string): Promise<CatalogueService[]>
}

export interface CatalogueCheck {
  readonly ok: boolean
  /** What is wrong and what to do; null when it works. */
  readonly message: string | null
  /** Null where it does not say. */
  readonly version: string | null
  readonly namespaces: readonly string[]
}

export interface CatalogueNamespace {
  readonly name: string
  /** As people know it. */
  readonly label: string
}

export interface CatalogueService {
  readonly name: string
  /** Of Nacos; null for Kubernetes. */
  readonly group: string | null
  readonly ports: ReadonlyArray<{ readonly name: string | null; readonly port: number }>
  /** Ready ones; null where they are not told. */
  readonly endpoints: number | null
}

/** `message` is one line, safe to show, and says what to do where that is known. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError'
}
