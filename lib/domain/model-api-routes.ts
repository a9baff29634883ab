/**
 * What Model APIs answer, by use case and by the protocol that their callers speak. Of text, embedding and rerank by
 * vLLM, and of what OpenAI serves, paths are those of OpenAI's and Anthropic's public APIs; `model-studio` has those of
 * Model Studio's own API, `comfyui` those of a ComfyUI server.
 */
export const modelApiUseCases = ['text', 'image', 'video', 'speech', 'embedding', 'rerank', 'others'] as const
export type ModelApiUseCase = (typeof modelApiUseCases)[number]

export const modelApiProtocols = ['openai', 'anthropic', 'model-studio', 'comfyui', 'vllm'] as const
export type ModelApiProtocol = (typeof modelApiProtocols)[number]

export type RouteMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * What goes over a route: JSON bodies with a `model` (`json`), forms (`multipart`), bytes of any kind (`binary`), events
 * (`events`), a WebSocket (`websocket`), or things that are made once and asked about later (`job`).
 */
export type RouteCarries = 'json' | 'multipart' | 'binary' | 'events' | 'websocket' | 'job'

/** One row of the table. */
export interface ModelApiRoute {
  /** Unique among the routes of one API; what a route is switched off by. */
  readonly name: string
  /** Below the base path. `{file}` stands for one segment, whatever it holds. */
  readonly path: string
  /** `prefix`: what lies below the path as well. */
  readonly match: 'exact' | 'prefix'
  readonly methods: readonly RouteMethod[]
  /** A few words, without a full stop. */
  readonly description: string
  readonly carries: readonly RouteCarries[]
}

const all: readonly RouteMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

function exact(
  name: string,
  methods: readonly RouteMethod[],
  path: string,
  description: string,
  carries: readonly RouteCarries[] = [],
): ModelApiRoute {
  return { name, path, match: 'exact', methods, description, carries }
}

function post(
  name: string,
  path: string,
  description: string,
  carries: readonly RouteCarries[],
): ModelApiRoute {
  return exact(name, ['POST'], path, description, carries)
}

function get(
  name: string,
  path: string,
  description: string,
  carries: readonly RouteCarries[] = [],
): ModelApiRoute {
  return exact(name, ['GET'], path, description, carries)
}

function below(
  name: string,
  path: string,
  description: string,
  carries: readonly RouteCarries[],
): ModelApiRoute {
  return { name, path, match: 'prefix', methods: all, description, carries }
}

const embeddings = post('embeddings', '/v1/embeddings', 'Embedding vectors', ['json'])
const tasks = below('tasks', '/api/v1/tasks', 'Asynchronous tasks', ['job'])
const aigc = '/api/v1/services/aigc'

const comfyUi: readonly ModelApiRoute[] = [
  get('ws', '/ws', 'Real-time channel', ['websocket', 'job']),
  get('embeddings', '/embeddings', 'Names of embeddings'),
  get('extensions', '/extensions', 'Extensions with a web directory'),
  get('features', '/features', 'Features of the server'),
  get('models', '/models', 'Types of models'),
  get('models-of-folder', '/models/{folder}', 'Models in a folder'),
  get('workflow-templates', '/workflow_templates', 'Template workflows of node modules'),
  post('upload-image', '/upload/image', 'Upload an image', ['multipart', 'job']),
  post('upload-mask', '/upload/mask', 'Upload a mask', ['multipart', 'job']),
  get('view', '/view', 'View an image', ['binary', 'job']),
  { ...get('view-metadata', '/view_metadata', 'Metadata of a model'), match: 'prefix' },
  get('system-stats', '/system_stats', 'Python, devices and memory'),
  exact('prompt', ['GET', 'POST'], '/prompt', 'Submit a workflow, or see the queue', ['job']),
  get('object-info', '/object_info', 'All types of nodes'),
  get('object-info-of-class', '/object_info/{node_class}', 'One type of node'),
  exact('history', ['GET', 'POST'], '/history', 'History of the queue', ['job']),
  get('history-of-prompt', '/history/{prompt_id}', 'History of one workflow', ['job']),
  exact('queue', ['GET', 'POST'], '/queue', 'See or change the queue', ['job']),
  post('interrupt', '/interrupt', 'Stop the current workflow', ['job']),
  post('free', '/free', 'Unload models', []),
  get('userdata', '/userdata', 'Files in a directory', ['job']),
  get('userdata-v2', '/v2/userdata', 'Files in a directory, with structure', ['job']),
  exact('userdata-file', ['GET', 'POST', 'DELETE'], '/userdata/{file}', 'Read, write or delete a file', [
    'binary',
    'job',
  ]),
  post('userdata-move', '/userdata/{file}/move/{dest}', 'Move or rename a file', ['job']),
  exact('users', ['GET', 'POST'], '/users', 'Users of the server', ['job']),
]

/** Every pair that there is, and its rows. */
const table: Readonly<
  Record<ModelApiUseCase, Readonly<Partial<Record<ModelApiProtocol, readonly ModelApiRoute[]>>>>
> = {
  text: {
    openai: [
      post('chat-completions', '/v1/chat/completions', 'Chat', ['json', 'events']),
      post('completions', '/v1/completions', 'Completion of a prompt', ['json', 'events']),
      embeddings,
    ],
    anthropic: [post('messages', '/v1/messages', 'Messages', ['json', 'events'])],
  },
  image: {
    'model-studio': [
      post('text-to-image', `${aigc}/text2image/image-synthesis`, 'Image from text', ['json', 'job']),
      post('image-to-image', `${aigc}/image2image/image-synthesis`, 'Image from an image', ['json', 'job']),
      post('out-painting', `${aigc}/image2image/out-painting`, 'Image beyond its edges', ['json', 'job']),
      post('virtual-model', `${aigc}/virtualmodel/generation`, 'Virtual model', ['json', 'job']),
      post('background', `${aigc}/background-generation/generation`, 'Background of an image', [
        'json',
        'job',
      ]),
      tasks,
    ],
    openai: [
      post('images-generations', '/v1/images/generations', 'Image from text', ['json', 'events']),
      post('images-edits', '/v1/images/edits', 'Edit an image', ['multipart', 'events']),
      post('images-variations', '/v1/images/variations', 'Variations of an image', ['multipart']),
    ],
    comfyui: comfyUi,
  },
  video: {
    'model-studio': [
      post('video', `${aigc}/video-generation/video-synthesis`, 'Video', ['json', 'job']),
      post('image-to-video', `${aigc}/image2video/video-synthesis`, 'Video from images', ['json', 'job']),
      tasks,
    ],
  },
  speech: {
    'model-studio': [get('inference', '/api-ws/v1/inference', 'Speech over a WebSocket', ['websocket'])],
    openai: [post('audio-speech', '/v1/audio/speech', 'Speech from text', ['json', 'binary', 'events'])],
  },
  embedding: { openai: [embeddings] },
  rerank: {
    'model-studio': [
      post('text-rerank', '/api/v1/services/rerank/text-rerank/text-rerank', 'Order of documents', ['json']),
    ],
    vllm: [post('rerank', '/v1/rerank', 'Order of documents', ['json'])],
  },
  others: {
    openai: [
      below('models', '/v1/models', 'Models', []),
      below('files', '/v1/files', 'Files', ['multipart', 'binary', 'job']),
      below('batches', '/v1/batches', 'Batches', ['job']),
      below('fine-tuning-jobs', '/v1/fine_tuning/jobs', 'Fine-tuning jobs', ['job']),
    ],
  },
}

/** What callers of a use case may speak. */
export function protocolsOf(useCase: ModelApiUseCase): ModelApiProtocol[] {
  return modelApiProtocols.filter((protocol) => table[useCase][protocol] !== undefined)
}

/** All that an API of this pair answers; empty where there is no such pair. */
export function routesOf(useCase: ModelApiUseCase, protocol: ModelApiProtocol): readonly ModelApiRoute[] {
  return table[useCase]?.[protocol] ?? []
}

/** `/team` and `/v1/messages` make `/team/v1/messages`. */
export function belowBase(basePath: string, path: string): string {
  return basePath === '/' ? path : basePath + path
}
