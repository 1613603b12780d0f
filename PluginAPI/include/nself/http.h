/* Shapes of HTTP: who asks, the request, the response. */
#ifndef NSELF_HTTP_H
#define NSELF_HTTP_H

#include "values.h"
#include "body.h"
#include "host/tracing.h"

NSELF_BEGIN

/* Who makes the request, as the auth provider established it. Immutable and
 * shared: an auth provider keeps one per verified token. owner, retain and
 * release as in nself_buffer. */
typedef struct nself_principal {
  nself_string subject;    /* user id; empty: anonymous */
  nself_string issuer;     /* instance name of the auth provider */
  nself_string session;
  nself_string role;       /* the role in effect */
  nself_strings roles;     /* all roles it may take */
  nself_fields variables;  /* session variables, lower case: "x-hasura-user-id" */
  nself_bytes claims_json; /* one JSON object */
  uint64_t expires_at;     /* unix time; 0: never */
  void *owner;
  void (*retain)(void *owner);
  void (*release)(void *owner);
} nself_principal;

typedef struct nself_http_request {
  uint64_t route;          /* the number given to routes->add */
  uint64_t deadline;       /* monotonic; 0: none */
  nself_string method;
  nself_string scheme;
  nself_string authority;
  nself_string path;  /* percent-encoded, without the query */
  nself_string query; /* without the "?" */
  nself_string remote_address;
  nself_string request_id;
  nself_fields headers;    /* lower-case names, in order of arrival */
  nself_fields parameters; /* captures of the route pattern, decoded */
  const nself_principal *principal; /* borrowed; null: not authenticated */
  nself_trace trace;
} nself_http_request;

typedef struct nself_http_response {
  uint32_t status; /* 200...599 */
  uint32_t reserved;
  nself_fields headers; /* without content-length, date and connection */
  nself_body body;
} nself_http_response;

/* Completes a request. The body of `response` is moved. With any status but OK
 * the host writes the error answer that belongs to it. [any] */
typedef void (*nself_http_done)(nself_call call, nself_status status, nself_string message,
                                nself_http_response *response);

static inline void nself_principal_release(nself_principal *principal) {
  if (principal && principal->release) principal->release(principal->owner);
}

NSELF_END

#endif /* NSELF_HTTP_H */
