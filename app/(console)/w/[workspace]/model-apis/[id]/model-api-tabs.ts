export type ModelApiTab = 'overview' | 'plugins' | 'requests' | 'debug'

interface ModelApiTabEntry {
  /** The folder of the tab's page; `overview` is the folder of the Model API itself. */
  readonly id: ModelApiTab
  /** How wide the page is. */
  readonly layout: 'detail' | 'list'
}

/** The tabs of a Model API, in their order. Their labels are the messages `model-apis.tabs`. */
export const modelApiTabs: readonly ModelApiTabEntry[] = [
  { id: 'overview', layout: 'detail' },
  { id: 'plugins', layout: 'detail' },
  { id: 'requests', layout: 'list' },
  { id: 'debug', layout: 'list' },
]
