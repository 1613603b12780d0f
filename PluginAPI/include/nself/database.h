/* Shapes of the database interface. */
#ifndef NSELF_DATABASE_H
#define NSELF_DATABASE_H

#include "values.h"

NSELF_BEGIN

NSELF_ENUM(uint32_t, nself_db_format) {
  NSELF_DB_TEXT = 0,
  NSELF_DB_BINARY = 1 /* the database's own binary format */
};

typedef struct nself_db_parameter {
  const uint8_t *data;
  int32_t size;      /* -1: null */
  uint32_t type_oid; /* 0: let the server infer it */
  nself_db_format format;
  uint32_t reserved;
} nself_db_parameter;

NSELF_FLAGS(nself_db_statement_flags) {
  NSELF_DB_BINARY_RESULT = 1u << 0,
  NSELF_DB_ONCE = 1u << 1 /* the text will not come again: do not prepare it */
};

typedef struct nself_db_statement {
  nself_string sql; /* one statement, parameters as $1, $2, ... */
  const nself_db_parameter *parameters;
  uint32_t parameter_count;
  nself_db_statement_flags flags;
} nself_db_statement;

NSELF_FLAGS(nself_db_request_flags) {
  NSELF_DB_READ_ONLY = 1u << 0, /* may run on a replica */
  NSELF_DB_SLOW = 1u << 1       /* may take long: keep it off the shared pipelines */
};

/* Statements that run as one implicit transaction in one round trip: all of them
 * or, on an error, none. Within a session: in the session's transaction. */
typedef struct nself_db_request {
  nself_db_session session; /* 0: any connection */
  uint64_t timeout;         /* 0: the provider's default */
  nself_string source;      /* which database; empty: the instance's default */
  /* Set for this transaction only, before the statements and in the same round
   * trip: ("role", "web_user"), ("request.jwt.claims", "{...}"). */
  nself_fields settings;
  const nself_db_statement *statements;
  uint32_t statement_count;
  nself_db_request_flags flags;
} nself_db_request;

typedef struct nself_db_column {
  nself_string name;
  uint32_t type_oid;
  int32_t type_modifier;
} nself_db_column;

/* One value. Laid out as libpq lays out a row in memory, so that a provider on
 * libpq can hand out its rows as they are. */
typedef struct nself_db_cell {
  int32_t size;    /* -1: null */
  uint32_t ignored; /* not always zero */
  const uint8_t *data;
} nself_db_cell;

/* What one statement gave. Moved, and free to be read from any thread until it is
 * released; owner, retain and release as in nself_buffer. */
typedef struct nself_db_result {
  const nself_db_column *columns;
  const nself_db_cell *const *rows; /* rows[r][c] */
  uint64_t row_count;
  uint64_t affected_rows;
  uint32_t column_count;
  nself_db_format format;
  void *owner;
  void (*retain)(void *owner);
  void (*release)(void *owner);
} nself_db_result;

/* What the server said. Strings are empty when it did not say. */
typedef struct nself_db_error {
  nself_string sqlstate;
  nself_string message;
  nself_string detail;
  nself_string hint;
  nself_string schema;
  nself_string table;
  nself_string column;
  nself_string constraint;
  uint32_t statement; /* index of the one that failed */
  uint32_t position;  /* character in its text, from 1; 0: not known */
} nself_db_error;

static inline void nself_db_result_release(nself_db_result *result) {
  if (result && result->release) result->release(result->owner);
}

/* The value in row r, column c, of a result with these. size -1: null. */
static inline const nself_db_cell *nself_db_at(const nself_db_result *result, uint64_t r,
                                               uint32_t c) {
  return &result->rows[r][c];
}

/* One value as a buffer that keeps the whole result alive: bytes go from the
 * database's reply to the socket without a copy. */
static inline nself_buffer nself_db_buffer(const nself_db_result *result, uint64_t r, uint32_t c) {
  const nself_db_cell *cell = nself_db_at(result, r, c);
  nself_buffer buffer;
  if (result->retain) result->retain(result->owner);
  buffer.data = cell->data;
  buffer.size = cell->size > 0 ? (size_t)cell->size : 0;
  buffer.owner = result->owner;
  buffer.retain = result->retain;
  buffer.release = result->release;
  return buffer;
}

NSELF_END

#endif /* NSELF_DATABASE_H */
