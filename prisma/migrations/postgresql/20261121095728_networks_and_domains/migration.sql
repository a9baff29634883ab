-- AlterTable
ALTER TABLE "Gateway" ADD COLUMN     "billingMonths" INTEGER,
ADD COLUMN     "nodeCountMax" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "GatewayVpcLink" ADD COLUMN     "consent" TEXT NOT NULL DEFAULT 'granted';

-- AlterTable
ALTER TABLE "Certificate" ADD COLUMN     "fingerprint" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'uploaded';

-- AlterTable
ALTER TABLE "Domain" ADD COLUMN     "automaticCertificate" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "certificateError" TEXT,
ADD COLUMN     "certificateTriedAt" TIMESTAMP(3),
ADD COLUMN     "dnsCheckedAt" TIMESTAMP(3),
ADD COLUMN     "dnsFound" TEXT,
ADD COLUMN     "dnsState" TEXT NOT NULL DEFAULT 'unknown',
ADD COLUMN     "unicodeName" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "vpcId" TEXT;

-- AlterTable
ALTER TABLE "InferenceService" ADD COLUMN     "nacos" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "nlb" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "securityGroupId" TEXT,
ADD COLUMN     "vpcDirect" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "vswitchId" TEXT;

-- CreateTable
CREATE TABLE "AcmeAccount" (
    "directoryUrl" TEXT NOT NULL,
    "keySealed" TEXT NOT NULL,
    "accountUrl" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AcmeAccount_pkey" PRIMARY KEY ("directoryUrl")
);

-- CreateTable
CREATE TABLE "AcmeChallenge" (
    "token" TEXT NOT NULL,
    "keyAuthorization" TEXT NOT NULL,
    "domainId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AcmeChallenge_pkey" PRIMARY KEY ("token")
);

-- CreateTable
CREATE TABLE "PortAllocation" (
    "port" INTEGER NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "door" TEXT NOT NULL,
    "serviceId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PortAllocation_pkey" PRIMARY KEY ("port")
);

-- CreateTable
CREATE TABLE "HostReport" (
    "host" TEXT NOT NULL,
    "report" JSONB NOT NULL,
    "seenAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "HostReport_pkey" PRIMARY KEY ("host")
);

-- CreateIndex
CREATE INDEX "AcmeChallenge_gatewayId_idx" ON "AcmeChallenge"("gatewayId");

-- CreateIndex
CREATE INDEX "PortAllocation_serviceId_idx" ON "PortAllocation"("serviceId");

-- CreateIndex
CREATE UNIQUE INDEX "PortAllocation_gatewayId_door_key" ON "PortAllocation"("gatewayId", "door");

-- CreateIndex
CREATE INDEX "GatewayVpcLink_vpcId_idx" ON "GatewayVpcLink"("vpcId");

-- AddForeignKey
ALTER TABLE "AcmeChallenge" ADD CONSTRAINT "AcmeChallenge_domainId_fkey" FOREIGN KEY ("domainId") REFERENCES "Domain"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PortAllocation" ADD CONSTRAINT "PortAllocation_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "Gateway"("id") ON DELETE CASCADE ON UPDATE CASCADE;
