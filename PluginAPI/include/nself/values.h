/* Values that cross the boundary: status, text, bytes, handles, completions. */
#ifndef NSELF_VALUES_H
#define NSELF_VALUES_H

#include "abi.h"
#include "buffer.h"

NSELF_BEGIN

/* Outcome of an operation. The numbers are the canonical gRPC status codes. */
NSELF_ENUM(int32_t, nself_status) {
  NSELF_STATUS_OK = 0,
  NSELF_STATUS_CANCELLED = 1,
  NSELF_STATUS_UNKNOWN = 2, /* the default for unknown values */
  NSELF_STATUS_INVALID_ARGUMENT = 3,
  NSELF_STATUS_DEADLINE_EXCEEDED = 4,
  NSELF_STATUS_NOT_FOUND = 5,
  NSELF_STATUS_ALREADY_EXISTS = 6,
  NSELF_STATUS_PERMISSION_DENIED = 7,
  NSELF_STATUS_RESOURCE_EXHAUSTED = 8,
  NSELF_STATUS_FAILED_PRECONDITION = 9,
  NSELF_STATUS_ABORTED = 10,
  NSELF_STATUS_OUT_OF_RANGE = 11,
  NSELF_STATUS_UNIMPLEMENTED = 12,
  NSELF_STATUS_INTERNAL = 13,
  NSELF_STATUS_UNAVAILABLE = 14,
  NSELF_STATUS_DATA_LOSS = 15,
  NSELF_STATUS_UNAUTHENTICATED = 16
};

/* Borrowed text. data may be null only when size is 0. */
typedef struct nself_string {
  const char *data;
  size_t size;
} nself_string;

/* Borrowed bytes. */
typedef struct nself_bytes {
  const uint8_t *data;
  size_t size;
} nself_bytes;

/* A name and a value: HTTP field, label, setting, log attribute, parameter. */
typedef struct nself_field {
  nself_string name;
  nself_string value;
} nself_field;

typedef struct nself_fields {
  const nself_field *items;
  size_t count;
} nself_fields;

typedef struct nself_strings {
  const nself_string *items;
  size_t count;
} nself_strings;

/* Why a [control] call failed. The caller owns the struct; the callee writes a
 * message, cut at the last whole character, so that nothing has to be freed. */
typedef struct nself_error {
  nself_status status;
  uint32_t message_size;
  char message[504];
} nself_error;

/* Handles are numbers, not pointers. The upper half counts reuse, so a handle
 * that is used late or twice is refused and never reaches another request. 0 is
 * never a handle. */
typedef struct nself_call { uint64_t id; } nself_call;           /* host asks plugin */
typedef struct nself_operation { uint64_t id; } nself_operation; /* plugin asks host */
typedef struct nself_poll { uint64_t id; } nself_poll;
typedef struct nself_timer { uint64_t id; } nself_timer;
typedef struct nself_process { uint64_t id; } nself_process;
typedef struct nself_metric { uint64_t id; } nself_metric;
typedef struct nself_websocket { uint64_t id; } nself_websocket;
typedef struct nself_db_session { uint64_t id; } nself_db_session;
typedef struct nself_subscription { uint64_t id; } nself_subscription;

typedef void (*nself_task)(void *context);

/* Completes a call without a result, with bytes, with a number. [any]
 * `value` is moved and null unless status is OK. */
typedef void (*nself_done)(nself_call call, nself_status status, nself_string message);
typedef void (*nself_buffer_done)(nself_call call, nself_status status, nself_string message,
                                  nself_buffer *value);
typedef void (*nself_number_done)(nself_call call, nself_status status, nself_string message,
                                  int64_t value);

/* The same three for operations. [loop] */
typedef void (*nself_operation_done)(void *context, nself_status status, nself_string message);
typedef void (*nself_operation_buffer_done)(void *context, nself_status status,
                                            nself_string message, nself_buffer *value);
typedef void (*nself_operation_number_done)(void *context, nself_status status,
                                            nself_string message, int64_t value);

/* What a subscription hears. */
NSELF_ENUM(uint32_t, nself_notice) {
  NSELF_NOTICE_LISTENING = 0, /* from here on nothing is missed. It comes again after
                                 a gap: what happened meanwhile is lost, read anew */
  NSELF_NOTICE_MESSAGE = 1,
  NSELF_NOTICE_ENDED = 2      /* the last one: the context may be freed */
};

/* topic and data are set with MESSAGE. [loop] the one that subscribed */
typedef void (*nself_noticed)(void *context, nself_notice notice, nself_string topic,
                              nself_bytes data);

/* A borrowed string from a zero-terminated one. */
static inline nself_string nself_text(const char *text) {
  nself_string string;
  string.data = text;
  string.size = text ? strlen(text) : 0;
  return string;
}

static inline uint32_t nself_string_equal(nself_string a, nself_string b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Fills in `error` (may be null) and returns `status`, for `return nself_fail(...)`. */
static inline nself_status nself_fail(nself_error *error, nself_status status,
                                      const char *message) {
  if (error) {
    size_t size = strlen(message);
    if (size > sizeof(error->message)) {
      size = sizeof(error->message);
      while (size > 0 && ((unsigned char)message[size] & 0xC0) == 0x80) size--;
    }
    memcpy(error->message, message, size);
    error->message_size = (uint32_t)size;
    error->status = status;
  }
  return status;
}

NSELF_END

#endif /* NSELF_VALUES_H */
