-- The scripts use only what SQLite and PostgreSQL have in common. A script that has shipped is never edited; a change is the next script.
-- Tables in mixed case belong to OpenIddict and are shaped by its entity model.

CREATE TABLE "OpenIddictApplications" (
    "Id" text NOT NULL PRIMARY KEY,
    "ApplicationType" varchar(50),
    "ClientId" varchar(100),
    "ClientSecret" text,
    "ClientType" varchar(50),
    "ConcurrencyToken" varchar(50),
    "ConsentType" varchar(50),
    "DisplayName" text,
    "DisplayNames" text,
    "JsonWebKeySet" text,
    "Permissions" text,
    "PostLogoutRedirectUris" text,
    "Properties" text,
    "RedirectUris" text,
    "Requirements" text,
    "Settings" text
);
CREATE UNIQUE INDEX "IX_OpenIddictApplications_ClientId" ON "OpenIddictApplications" ("ClientId");

CREATE TABLE "OpenIddictScopes" (
    "Id" text NOT NULL PRIMARY KEY,
    "ConcurrencyToken" varchar(50),
    "Description" text,
    "Descriptions" text,
    "DisplayName" text,
    "DisplayNames" text,
    "Name" varchar(200),
    "Properties" text,
    "Resources" text
);
CREATE UNIQUE INDEX "IX_OpenIddictScopes_Name" ON "OpenIddictScopes" ("Name");

CREATE TABLE "OpenIddictAuthorizations" (
    "Id" text NOT NULL PRIMARY KEY,
    "ApplicationId" text REFERENCES "OpenIddictApplications" ("Id"),
    "ConcurrencyToken" varchar(50),
    "CreationDate" timestamp with time zone,
    "Properties" text,
    "Scopes" text,
    "Status" varchar(50),
    "Subject" varchar(400),
    "Type" varchar(50)
);
CREATE INDEX "IX_OpenIddictAuthorizations_ApplicationId_Status_Subject_Type"
    ON "OpenIddictAuthorizations" ("ApplicationId", "Status", "Subject", "Type");

CREATE TABLE "OpenIddictTokens" (
    "Id" text NOT NULL PRIMARY KEY,
    "ApplicationId" text REFERENCES "OpenIddictApplications" ("Id"),
    "AuthorizationId" text REFERENCES "OpenIddictAuthorizations" ("Id"),
    "ConcurrencyToken" varchar(50),
    "CreationDate" timestamp with time zone,
    "ExpirationDate" timestamp with time zone,
    "Payload" text,
    "Properties" text,
    "RedemptionDate" timestamp with time zone,
    "ReferenceId" varchar(100),
    "Status" varchar(50),
    "Subject" varchar(400),
    "Type" varchar(150)
);
CREATE INDEX "IX_OpenIddictTokens_ApplicationId_Status_Subject_Type"
    ON "OpenIddictTokens" ("ApplicationId", "Status", "Subject", "Type");
CREATE INDEX "IX_OpenIddictTokens_AuthorizationId" ON "OpenIddictTokens" ("AuthorizationId");
CREATE UNIQUE INDEX "IX_OpenIddictTokens_ReferenceId" ON "OpenIddictTokens" ("ReferenceId");

-- The primary key makes two instances that start a rotation at once agree on one key.
CREATE TABLE signing_keys (
    generation bigint NOT NULL PRIMARY KEY,
    key_id text NOT NULL UNIQUE,
    public_key text NOT NULL,
    protected_private_key text NOT NULL,
    created_at bigint NOT NULL,
    signs_from bigint NOT NULL,
    withdrawn_at bigint
);

CREATE TABLE used_assertions (
    digest text NOT NULL PRIMARY KEY,
    expires_at bigint NOT NULL
);
CREATE INDEX used_assertions_expires_at ON used_assertions (expires_at);

CREATE TABLE protection_keys (
    name text NOT NULL PRIMARY KEY,
    xml text NOT NULL
);
