/* Frozen sizes of every struct, checked at compile time; included last by nself_plugin.h. */
#ifndef NSELF_LAYOUT_H
#define NSELF_LAYOUT_H

#include "abi.h"

/* Frozen sizes in bytes. The offset of every field is kept in
 * Tests/ABITests/layout.golden and compared by Scripts/abi-check. */
#ifdef __cplusplus
#define NSELF_LAYOUT(condition) static_assert(condition, #condition)
#else
#define NSELF_LAYOUT(condition) _Static_assert(condition, #condition)
#endif

NSELF_LAYOUT(sizeof(void *) == 8 && sizeof(size_t) == 8);
NSELF_LAYOUT(NSELF_ABI_VERSION == ((uint32_t)NSELF_ABI_MAJOR << 16 | NSELF_ABI_MINOR));
NSELF_LAYOUT(sizeof(nself_status) == 4);
NSELF_LAYOUT(sizeof(nself_string) == 16);
NSELF_LAYOUT(sizeof(nself_bytes) == 16);
NSELF_LAYOUT(sizeof(nself_buffer) == 40);
NSELF_LAYOUT(sizeof(nself_field) == 32);
NSELF_LAYOUT(sizeof(nself_fields) == 16);
NSELF_LAYOUT(sizeof(nself_strings) == 16);
NSELF_LAYOUT(sizeof(nself_error) == 512);
NSELF_LAYOUT(sizeof(nself_call) == 8);
NSELF_LAYOUT(sizeof(nself_operation) == 8);
NSELF_LAYOUT(sizeof(nself_poll) == 8);
NSELF_LAYOUT(sizeof(nself_timer) == 8);
NSELF_LAYOUT(sizeof(nself_process) == 8);
NSELF_LAYOUT(sizeof(nself_metric) == 8);
NSELF_LAYOUT(sizeof(nself_websocket) == 8);
NSELF_LAYOUT(sizeof(nself_db_session) == 8);
NSELF_LAYOUT(sizeof(nself_subscription) == 8);
NSELF_LAYOUT(sizeof(nself_reader_ops) == 24);
NSELF_LAYOUT(sizeof(nself_reader) == 16);
NSELF_LAYOUT(sizeof(nself_body) == 96);
NSELF_LAYOUT(sizeof(nself_plugin) == 144);
NSELF_LAYOUT(sizeof(nself_host_core) == 72);
NSELF_LAYOUT(sizeof(nself_host_poll) == 32);
NSELF_LAYOUT(sizeof(nself_host_clock) == 40);
NSELF_LAYOUT(sizeof(nself_process_file) == 8);
NSELF_LAYOUT(sizeof(nself_process_spec) == 80);
NSELF_LAYOUT(sizeof(nself_host_process) == 24);
NSELF_LAYOUT(sizeof(nself_host_log) == 24);
NSELF_LAYOUT(sizeof(nself_metric_spec) == 72);
NSELF_LAYOUT(sizeof(nself_host_metrics) == 32);
NSELF_LAYOUT(sizeof(nself_trace) == 32);
NSELF_LAYOUT(sizeof(nself_host_tracing) == 32);
NSELF_LAYOUT(sizeof(nself_metric_point) == 112);
NSELF_LAYOUT(sizeof(nself_log_record) == 96);
NSELF_LAYOUT(sizeof(nself_span) == 112);
NSELF_LAYOUT(sizeof(nself_host_telemetry) == 16);
NSELF_LAYOUT(sizeof(nself_host_config) == 24);
NSELF_LAYOUT(sizeof(nself_host_secrets) == 16);
NSELF_LAYOUT(sizeof(nself_host_certificates) == 16);
NSELF_LAYOUT(sizeof(nself_host_admin) == 16);
NSELF_LAYOUT(sizeof(nself_principal) == 144);
NSELF_LAYOUT(sizeof(nself_http_request) == 200);
NSELF_LAYOUT(sizeof(nself_http_response) == 120);
NSELF_LAYOUT(sizeof(nself_route) == 80);
NSELF_LAYOUT(sizeof(nself_host_routes) == 16);
NSELF_LAYOUT(sizeof(nself_http_client_request) == 152);
NSELF_LAYOUT(sizeof(nself_host_http_client) == 16);
NSELF_LAYOUT(sizeof(nself_host_websockets) == 32);
NSELF_LAYOUT(sizeof(nself_host_capabilities) == 16);
NSELF_LAYOUT(sizeof(nself_capability) == 16);
NSELF_LAYOUT(sizeof(nself_db_parameter) == 24);
NSELF_LAYOUT(sizeof(nself_db_statement) == 32);
NSELF_LAYOUT(sizeof(nself_db_request) == 64);
NSELF_LAYOUT(sizeof(nself_db_column) == 24);
NSELF_LAYOUT(sizeof(nself_db_cell) == 16);
NSELF_LAYOUT(sizeof(nself_db_result) == 64);
NSELF_LAYOUT(sizeof(nself_db_error) == 136);
NSELF_LAYOUT(sizeof(nself_host_database) == 48);
NSELF_LAYOUT(sizeof(nself_role_database) == 48);
NSELF_LAYOUT(sizeof(nself_host_kv) == 48);
NSELF_LAYOUT(sizeof(nself_role_kv) == 48);
NSELF_LAYOUT(sizeof(nself_job) == 112);
NSELF_LAYOUT(sizeof(nself_event) == 112);
NSELF_LAYOUT(sizeof(nself_host_queue) == 32);
NSELF_LAYOUT(sizeof(nself_host_events) == 48);
NSELF_LAYOUT(sizeof(nself_queue_consumer) == 72);
NSELF_LAYOUT(sizeof(nself_role_queue) == 40);
NSELF_LAYOUT(sizeof(nself_host_delivery) == 24);
NSELF_LAYOUT(sizeof(nself_job_handler) == 16);
NSELF_LAYOUT(sizeof(nself_event_consumer) == 16);
NSELF_LAYOUT(sizeof(nself_attachment) == 48);
NSELF_LAYOUT(sizeof(nself_mail) == 144);
NSELF_LAYOUT(sizeof(nself_host_mail) == 16);
NSELF_LAYOUT(sizeof(nself_role_mail) == 16);
NSELF_LAYOUT(sizeof(nself_audit_entry) == 112);
NSELF_LAYOUT(sizeof(nself_host_audit) == 16);
NSELF_LAYOUT(sizeof(nself_role_audit) == 16);
NSELF_LAYOUT(sizeof(nself_object) == 96);
NSELF_LAYOUT(sizeof(nself_object_range) == 16);
NSELF_LAYOUT(sizeof(nself_object_page) == 48);
NSELF_LAYOUT(sizeof(nself_host_objects) == 48);
NSELF_LAYOUT(sizeof(nself_role_objects) == 48);
NSELF_LAYOUT(sizeof(nself_function) == 112);
NSELF_LAYOUT(sizeof(nself_host_functions) == 32);
NSELF_LAYOUT(sizeof(nself_role_functions) == 32);
NSELF_LAYOUT(sizeof(nself_http_handler) == 16);
NSELF_LAYOUT(sizeof(nself_http_middleware) == 24);
NSELF_LAYOUT(sizeof(nself_websocket_handler) == 16);
NSELF_LAYOUT(sizeof(nself_auth_provider) == 16);
NSELF_LAYOUT(sizeof(nself_rate_decision) == 40);
NSELF_LAYOUT(sizeof(nself_rate_limiter) == 16);
NSELF_LAYOUT(sizeof(nself_exporter) == 32);
NSELF_LAYOUT(sizeof(nself_service) == 24);
NSELF_LAYOUT(sizeof(nself_state) == 24);
NSELF_LAYOUT(sizeof(nself_host) == 72);

#endif /* NSELF_LAYOUT_H */
