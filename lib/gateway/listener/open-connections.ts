/** The client connections of one node, over all its listeners: their limit is the node's. */
export class OpenConnections {
  count = 0
}
