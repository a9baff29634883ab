-- CreateTable
CREATE TABLE "RequestRecord" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "modelApiId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "requestId" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "clientAddress" TEXT,
    "consumerId" TEXT,
    "consumerName" TEXT,
    "serviceId" TEXT,
    "serviceName" TEXT,
    "route" TEXT,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "errorSource" TEXT,
    "errorCode" TEXT,
    "isStream" BOOLEAN NOT NULL,
    "modelAsked" TEXT,
    "modelSent" TEXT,
    "modelAnswered" TEXT,
    "routed" JSONB,
    "intent" TEXT,
    "promptCharacters" INTEGER,
    "attempts" JSONB NOT NULL,
    "bytesIn" BIGINT NOT NULL,
    "bytesOut" BIGINT NOT NULL,
    "firstByteMs" DOUBLE PRECISION,
    "firstTokenMs" DOUBLE PRECISION,
    "durationMs" DOUBLE PRECISION NOT NULL,
    "inputTokens" INTEGER,
    "outputTokens" INTEGER,
    "cachedTokens" INTEGER,
    "reasoningTokens" INTEGER,
    "finishReason" TEXT,
    "dropped" JSONB NOT NULL,
    "recordsRequest" BOOLEAN NOT NULL,
    "recordsResponse" BOOLEAN NOT NULL,
    "isDebug" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "RequestRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RequestContent" (
    "recordId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "requestSealed" TEXT,
    "requestBytes" INTEGER NOT NULL,
    "responseSealed" TEXT,
    "responseBytes" INTEGER NOT NULL,

    CONSTRAINT "RequestContent_pkey" PRIMARY KEY ("recordId")
);

-- CreateIndex
CREATE INDEX "RequestRecord_workspaceId_id_idx" ON "RequestRecord"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "RequestRecord_modelApiId_id_idx" ON "RequestRecord"("modelApiId", "id");

-- CreateIndex
CREATE INDEX "RequestRecord_workspaceId_requestId_id_idx" ON "RequestRecord"("workspaceId", "requestId", "id");

-- CreateIndex
CREATE INDEX "RequestContent_workspaceId_recordId_idx" ON "RequestContent"("workspaceId", "recordId");

-- AddForeignKey
ALTER TABLE "RequestRecord" ADD CONSTRAINT "RequestRecord_modelApiId_fkey" FOREIGN KEY ("modelApiId") REFERENCES "ModelApi"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequestContent" ADD CONSTRAINT "RequestContent_recordId_fkey" FOREIGN KEY ("recordId") REFERENCES "RequestRecord"("id") ON DELETE CASCADE ON UPDATE CASCADE;
