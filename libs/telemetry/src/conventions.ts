import {
  ATTR_DB_OPERATION_NAME, ATTR_DB_SYSTEM_NAME, ATTR_ERROR_TYPE, ATTR_HTTP_REQUEST_METHOD, ATTR_HTTP_RESPONSE_STATUS_CODE, ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions';

/**
 * Names of the attributes of spans, as OpenTelemetry's semantic conventions have them. Those of messaging, MCP and version
 * control are still being developed there, so that the package of stable names has none.
 */
export const ATTRIBUTE = {
  httpMethod: ATTR_HTTP_REQUEST_METHOD,
  httpRoute: ATTR_HTTP_ROUTE,
  httpStatus: ATTR_HTTP_RESPONSE_STATUS_CODE,
  databaseSystem: ATTR_DB_SYSTEM_NAME,
  databaseOperation: ATTR_DB_OPERATION_NAME,
  errorType: ATTR_ERROR_TYPE,
  messagingSystem: 'messaging.system',
  messagingDestination: 'messaging.destination.name',
  messagingGroup: 'messaging.consumer.group.name',
  messagingAttempt: 'messaging.message.delivery_attempt',
  messagingMessageId: 'messaging.message.id',
  messagingOperation: 'messaging.operation.type',
  mcpMethod: 'mcp.method.name',
  mcpTool: 'gen_ai.tool.name',
  mcpOperation: 'gen_ai.operation.name',
  gitCommand: 'process.command_args',
} as const;
