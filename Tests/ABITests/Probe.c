/* Prints the layout of the interface, one line each. Written by Scripts/layout. */
#include <stddef.h>
#include <stdio.h>

#include <nself_plugin.h>

/* The type that layout.golden names is the one that the header has. */
#define SAME(value, ...) \
  _Static_assert(__builtin_types_compatible_p(__typeof__(value), __VA_ARGS__), #value)
SAME(((struct nself_buffer *)0)->data, const uint8_t *);
SAME(((struct nself_buffer *)0)->size, size_t);
SAME(((struct nself_buffer *)0)->owner, void *);
SAME(((struct nself_buffer *)0)->retain, void (*)(void *));
SAME(((struct nself_buffer *)0)->release, void (*)(void *));
SAME(((struct nself_string *)0)->data, const char *);
SAME(((struct nself_string *)0)->size, size_t);
SAME(((struct nself_bytes *)0)->data, const uint8_t *);
SAME(((struct nself_bytes *)0)->size, size_t);
SAME(((struct nself_field *)0)->name, nself_string);
SAME(((struct nself_field *)0)->value, nself_string);
SAME(((struct nself_fields *)0)->items, const nself_field *);
SAME(((struct nself_fields *)0)->count, size_t);
SAME(((struct nself_strings *)0)->items, const nself_string *);
SAME(((struct nself_strings *)0)->count, size_t);
SAME(((struct nself_error *)0)->status, nself_status);
SAME(((struct nself_error *)0)->message_size, uint32_t);
SAME(((struct nself_error *)0)->message, char[504]);
SAME(((struct nself_call *)0)->id, uint64_t);
SAME(((struct nself_operation *)0)->id, uint64_t);
SAME(((struct nself_poll *)0)->id, uint64_t);
SAME(((struct nself_timer *)0)->id, uint64_t);
SAME(((struct nself_process *)0)->id, uint64_t);
SAME(((struct nself_metric *)0)->id, uint64_t);
SAME(((struct nself_websocket *)0)->id, uint64_t);
SAME(((struct nself_db_session *)0)->id, uint64_t);
SAME(((struct nself_subscription *)0)->id, uint64_t);
SAME(*(nself_task *)0, void (*)(void *));
SAME(*(nself_done *)0, void (*)(nself_call, nself_status, nself_string));
SAME(*(nself_buffer_done *)0, void (*)(nself_call, nself_status, nself_string, nself_buffer *));
SAME(*(nself_number_done *)0, void (*)(nself_call, nself_status, nself_string, int64_t));
SAME(*(nself_operation_done *)0, void (*)(void *, nself_status, nself_string));
SAME(*(nself_operation_buffer_done *)0, void (*)(void *, nself_status, nself_string, nself_buffer *));
SAME(*(nself_operation_number_done *)0, void (*)(void *, nself_status, nself_string, int64_t));
SAME(*(nself_noticed *)0, void (*)(void *, nself_notice, nself_string, nself_bytes));
SAME(*(nself_read_done *)0, void (*)(void *, nself_status, nself_buffer *));
SAME(((struct nself_reader_ops *)0)->struct_size, uint32_t);
SAME(((struct nself_reader_ops *)0)->reserved, uint32_t);
SAME(((struct nself_reader_ops *)0)->read, void (*)(void *, size_t, void *, nself_read_done));
SAME(((struct nself_reader_ops *)0)->close, void (*)(void *));
SAME(((struct nself_reader *)0)->context, void *);
SAME(((struct nself_reader *)0)->ops, const nself_reader_ops *);
SAME(((struct nself_body *)0)->kind, nself_body_kind);
SAME(((struct nself_body *)0)->file, int32_t);
SAME(((struct nself_body *)0)->offset, uint64_t);
SAME(((struct nself_body *)0)->size, uint64_t);
SAME(((struct nself_body *)0)->buffer, nself_buffer);
SAME(((struct nself_body *)0)->more, nself_buffer *);
SAME(((struct nself_body *)0)->more_count, size_t);
SAME(((struct nself_body *)0)->reader, nself_reader);
SAME(((struct nself_host *)0)->struct_size, uint32_t);
SAME(((struct nself_host *)0)->abi_version, uint32_t);
SAME(((struct nself_host *)0)->isolation, nself_isolation);
SAME(((struct nself_host *)0)->reserved, uint32_t);
SAME(((struct nself_host *)0)->generation, uint64_t);
SAME(((struct nself_host *)0)->version, nself_string);
SAME(((struct nself_host *)0)->instance, nself_string);
SAME(((struct nself_host *)0)->context, void *);
SAME(((struct nself_host *)0)->get_interface, const void *(*)(const nself_host *, const char *));
SAME(((struct nself_plugin *)0)->struct_size, uint32_t);
SAME(((struct nself_plugin *)0)->abi_version, uint32_t);
SAME(((struct nself_plugin *)0)->flags, nself_plugin_flags);
SAME(((struct nself_plugin *)0)->concurrency, nself_concurrency);
SAME(((struct nself_plugin *)0)->handover, nself_handover);
SAME(((struct nself_plugin *)0)->reserved, uint32_t);
SAME(((struct nself_plugin *)0)->id, nself_string);
SAME(((struct nself_plugin *)0)->version, nself_string);
SAME(((struct nself_plugin *)0)->config_schema, nself_string);
SAME(((struct nself_plugin *)0)->create, nself_status (*)(const nself_host *, void **, nself_error *));
SAME(((struct nself_plugin *)0)->configure, nself_status (*)(void *, nself_configure_mode, nself_bytes, nself_error *));
SAME(((struct nself_plugin *)0)->start, void (*)(void *, nself_call, nself_done));
SAME(((struct nself_plugin *)0)->drain, void (*)(void *, uint64_t, nself_call, nself_done));
SAME(((struct nself_plugin *)0)->resume, void (*)(void *));
SAME(((struct nself_plugin *)0)->stop, void (*)(void *, nself_call, nself_done));
SAME(((struct nself_plugin *)0)->destroy, void (*)(void *));
SAME(((struct nself_plugin *)0)->cancel, void (*)(void *, nself_call));
SAME(((struct nself_plugin *)0)->get_interface, const void *(*)(void *, const char *));
SAME(nself_plugin_query, const nself_plugin *(uint32_t));
SAME(*(nself_plugin_query_fn *)0, const nself_plugin *(*)(uint32_t));
SAME(((struct nself_trace *)0)->trace_id, uint8_t[16]);
SAME(((struct nself_trace *)0)->span_id, uint8_t[8]);
SAME(((struct nself_trace *)0)->flags, uint32_t);
SAME(((struct nself_trace *)0)->reserved, uint32_t);
SAME(((struct nself_host_tracing *)0)->struct_size, uint32_t);
SAME(((struct nself_host_tracing *)0)->reserved, uint32_t);
SAME(((struct nself_host_tracing *)0)->start, void (*)(const nself_host *, const nself_trace *, nself_string, nself_trace *));
SAME(((struct nself_host_tracing *)0)->attribute, void (*)(const nself_host *, const nself_trace *, nself_field));
SAME(((struct nself_host_tracing *)0)->end, void (*)(const nself_host *, const nself_trace *, nself_status));
SAME(((struct nself_principal *)0)->subject, nself_string);
SAME(((struct nself_principal *)0)->issuer, nself_string);
SAME(((struct nself_principal *)0)->session, nself_string);
SAME(((struct nself_principal *)0)->role, nself_string);
SAME(((struct nself_principal *)0)->roles, nself_strings);
SAME(((struct nself_principal *)0)->variables, nself_fields);
SAME(((struct nself_principal *)0)->claims_json, nself_bytes);
SAME(((struct nself_principal *)0)->expires_at, uint64_t);
SAME(((struct nself_principal *)0)->owner, void *);
SAME(((struct nself_principal *)0)->retain, void (*)(void *));
SAME(((struct nself_principal *)0)->release, void (*)(void *));
SAME(((struct nself_http_request *)0)->route, uint64_t);
SAME(((struct nself_http_request *)0)->deadline, uint64_t);
SAME(((struct nself_http_request *)0)->method, nself_string);
SAME(((struct nself_http_request *)0)->scheme, nself_string);
SAME(((struct nself_http_request *)0)->authority, nself_string);
SAME(((struct nself_http_request *)0)->path, nself_string);
SAME(((struct nself_http_request *)0)->query, nself_string);
SAME(((struct nself_http_request *)0)->remote_address, nself_string);
SAME(((struct nself_http_request *)0)->request_id, nself_string);
SAME(((struct nself_http_request *)0)->headers, nself_fields);
SAME(((struct nself_http_request *)0)->parameters, nself_fields);
SAME(((struct nself_http_request *)0)->principal, const nself_principal *);
SAME(((struct nself_http_request *)0)->trace, nself_trace);
SAME(((struct nself_http_response *)0)->status, uint32_t);
SAME(((struct nself_http_response *)0)->reserved, uint32_t);
SAME(((struct nself_http_response *)0)->headers, nself_fields);
SAME(((struct nself_http_response *)0)->body, nself_body);
SAME(*(nself_http_done *)0, void (*)(nself_call, nself_status, nself_string, nself_http_response *));
SAME(((struct nself_db_parameter *)0)->data, const uint8_t *);
SAME(((struct nself_db_parameter *)0)->size, int32_t);
SAME(((struct nself_db_parameter *)0)->type_oid, uint32_t);
SAME(((struct nself_db_parameter *)0)->format, nself_db_format);
SAME(((struct nself_db_parameter *)0)->reserved, uint32_t);
SAME(((struct nself_db_statement *)0)->sql, nself_string);
SAME(((struct nself_db_statement *)0)->parameters, const nself_db_parameter *);
SAME(((struct nself_db_statement *)0)->parameter_count, uint32_t);
SAME(((struct nself_db_statement *)0)->flags, nself_db_statement_flags);
SAME(((struct nself_db_request *)0)->session, nself_db_session);
SAME(((struct nself_db_request *)0)->timeout, uint64_t);
SAME(((struct nself_db_request *)0)->source, nself_string);
SAME(((struct nself_db_request *)0)->settings, nself_fields);
SAME(((struct nself_db_request *)0)->statements, const nself_db_statement *);
SAME(((struct nself_db_request *)0)->statement_count, uint32_t);
SAME(((struct nself_db_request *)0)->flags, nself_db_request_flags);
SAME(((struct nself_db_column *)0)->name, nself_string);
SAME(((struct nself_db_column *)0)->type_oid, uint32_t);
SAME(((struct nself_db_column *)0)->type_modifier, int32_t);
SAME(((struct nself_db_cell *)0)->size, int32_t);
SAME(((struct nself_db_cell *)0)->ignored, uint32_t);
SAME(((struct nself_db_cell *)0)->data, const uint8_t *);
SAME(((struct nself_db_result *)0)->columns, const nself_db_column *);
SAME(((struct nself_db_result *)0)->rows, const nself_db_cell *const *);
SAME(((struct nself_db_result *)0)->row_count, uint64_t);
SAME(((struct nself_db_result *)0)->affected_rows, uint64_t);
SAME(((struct nself_db_result *)0)->column_count, uint32_t);
SAME(((struct nself_db_result *)0)->format, nself_db_format);
SAME(((struct nself_db_result *)0)->owner, void *);
SAME(((struct nself_db_result *)0)->retain, void (*)(void *));
SAME(((struct nself_db_result *)0)->release, void (*)(void *));
SAME(((struct nself_db_error *)0)->sqlstate, nself_string);
SAME(((struct nself_db_error *)0)->message, nself_string);
SAME(((struct nself_db_error *)0)->detail, nself_string);
SAME(((struct nself_db_error *)0)->hint, nself_string);
SAME(((struct nself_db_error *)0)->schema, nself_string);
SAME(((struct nself_db_error *)0)->table, nself_string);
SAME(((struct nself_db_error *)0)->column, nself_string);
SAME(((struct nself_db_error *)0)->constraint, nself_string);
SAME(((struct nself_db_error *)0)->statement, uint32_t);
SAME(((struct nself_db_error *)0)->position, uint32_t);
SAME(((struct nself_job *)0)->id, nself_string);
SAME(((struct nself_job *)0)->queue, nself_string);
SAME(((struct nself_job *)0)->key, nself_string);
SAME(((struct nself_job *)0)->run_at, uint64_t);
SAME(((struct nself_job *)0)->attempt, uint32_t);
SAME(((struct nself_job *)0)->max_attempts, uint32_t);
SAME(((struct nself_job *)0)->payload_json, nself_bytes);
SAME(((struct nself_job *)0)->trace, nself_trace);
SAME(((struct nself_event *)0)->id, nself_string);
SAME(((struct nself_event *)0)->topic, nself_string);
SAME(((struct nself_event *)0)->source, nself_string);
SAME(((struct nself_event *)0)->unix_time, uint64_t);
SAME(((struct nself_event *)0)->attempt, uint32_t);
SAME(((struct nself_event *)0)->reserved, uint32_t);
SAME(((struct nself_event *)0)->data_json, nself_bytes);
SAME(((struct nself_event *)0)->trace, nself_trace);
SAME(((struct nself_attachment *)0)->name, nself_string);
SAME(((struct nself_attachment *)0)->content_type, nself_string);
SAME(((struct nself_attachment *)0)->content, nself_bytes);
SAME(((struct nself_mail *)0)->from, nself_string);
SAME(((struct nself_mail *)0)->to, nself_strings);
SAME(((struct nself_mail *)0)->cc, nself_strings);
SAME(((struct nself_mail *)0)->bcc, nself_strings);
SAME(((struct nself_mail *)0)->subject, nself_string);
SAME(((struct nself_mail *)0)->text, nself_string);
SAME(((struct nself_mail *)0)->html, nself_string);
SAME(((struct nself_mail *)0)->headers, nself_fields);
SAME(((struct nself_mail *)0)->attachments, const nself_attachment *);
SAME(((struct nself_mail *)0)->attachment_count, size_t);
SAME(((struct nself_audit_entry *)0)->subject, nself_string);
SAME(((struct nself_audit_entry *)0)->action, nself_string);
SAME(((struct nself_audit_entry *)0)->target, nself_string);
SAME(((struct nself_audit_entry *)0)->instance, nself_string);
SAME(((struct nself_audit_entry *)0)->details_json, nself_bytes);
SAME(((struct nself_audit_entry *)0)->trace, nself_trace);
SAME(((struct nself_object *)0)->bucket, nself_string);
SAME(((struct nself_object *)0)->key, nself_string);
SAME(((struct nself_object *)0)->content_type, nself_string);
SAME(((struct nself_object *)0)->etag, nself_string);
SAME(((struct nself_object *)0)->size, uint64_t);
SAME(((struct nself_object *)0)->modified_at, uint64_t);
SAME(((struct nself_object *)0)->metadata, nself_fields);
SAME(((struct nself_object_range *)0)->offset, uint64_t);
SAME(((struct nself_object_range *)0)->length, uint64_t);
SAME(((struct nself_object_page *)0)->objects, const nself_object *);
SAME(((struct nself_object_page *)0)->object_count, size_t);
SAME(((struct nself_object_page *)0)->prefixes, nself_strings);
SAME(((struct nself_object_page *)0)->next, nself_string);
SAME(((struct nself_function *)0)->name, nself_string);
SAME(((struct nself_function *)0)->entry, nself_string);
SAME(((struct nself_function *)0)->path, nself_string);
SAME(((struct nself_function *)0)->digest, nself_string);
SAME(((struct nself_function *)0)->signature, nself_string);
SAME(((struct nself_function *)0)->environment, nself_fields);
SAME(((struct nself_function *)0)->memory_limit, uint64_t);
SAME(((struct nself_function *)0)->time_limit, uint64_t);
SAME(((struct nself_host_core *)0)->struct_size, uint32_t);
SAME(((struct nself_host_core *)0)->reserved, uint32_t);
SAME(((struct nself_host_core *)0)->cancel, void (*)(const nself_host *, nself_operation));
SAME(((struct nself_host_core *)0)->loop_count, uint32_t (*)(const nself_host *));
SAME(((struct nself_host_core *)0)->current_loop, uint32_t (*)(const nself_host *));
SAME(((struct nself_host_core *)0)->loop_of, uint32_t (*)(const nself_host *, nself_call));
SAME(((struct nself_host_core *)0)->run_on_loop, void (*)(const nself_host *, uint32_t, void *, nself_task));
SAME(((struct nself_host_core *)0)->run_at_turn_end, void (*)(const nself_host *, void *, nself_task));
SAME(((struct nself_host_core *)0)->run_blocking, nself_status (*)(const nself_host *, void *, nself_task));
SAME(((struct nself_host_core *)0)->request_restart, void (*)(const nself_host *, nself_string));
SAME(*(nself_poll_ready *)0, void (*)(void *, nself_poll, nself_poll_events));
SAME(((struct nself_host_poll *)0)->struct_size, uint32_t);
SAME(((struct nself_host_poll *)0)->reserved, uint32_t);
SAME(((struct nself_host_poll *)0)->watch, nself_poll (*)(const nself_host *, int32_t, nself_poll_events, void *, nself_poll_ready));
SAME(((struct nself_host_poll *)0)->change, void (*)(const nself_host *, nself_poll, nself_poll_events));
SAME(((struct nself_host_poll *)0)->stop, void (*)(const nself_host *, nself_poll));
SAME(((struct nself_host_clock *)0)->struct_size, uint32_t);
SAME(((struct nself_host_clock *)0)->reserved, uint32_t);
SAME(((struct nself_host_clock *)0)->monotonic, uint64_t (*)(const nself_host *));
SAME(((struct nself_host_clock *)0)->unix_time, uint64_t (*)(const nself_host *));
SAME(((struct nself_host_clock *)0)->schedule, nself_timer (*)(const nself_host *, uint64_t, uint64_t, void *, nself_task));
SAME(((struct nself_host_clock *)0)->cancel, void (*)(const nself_host *, nself_timer, nself_task));
SAME(((struct nself_process_file *)0)->child, int32_t);
SAME(((struct nself_process_file *)0)->parent, int32_t);
SAME(((struct nself_process_spec *)0)->arguments, nself_strings);
SAME(((struct nself_process_spec *)0)->environment, nself_fields);
SAME(((struct nself_process_spec *)0)->directory, nself_string);
SAME(((struct nself_process_spec *)0)->files, const nself_process_file *);
SAME(((struct nself_process_spec *)0)->file_count, size_t);
SAME(((struct nself_process_spec *)0)->memory_limit, uint64_t);
SAME(((struct nself_process_spec *)0)->stop_timeout, uint64_t);
SAME(*(nself_process_exited *)0, void (*)(void *, nself_process, int32_t));
SAME(((struct nself_host_process *)0)->struct_size, uint32_t);
SAME(((struct nself_host_process *)0)->reserved, uint32_t);
SAME(((struct nself_host_process *)0)->spawn, nself_process (*)(const nself_host *, const nself_process_spec *, void *, nself_process_exited, nself_error *));
SAME(((struct nself_host_process *)0)->signal, void (*)(const nself_host *, nself_process, int32_t));
SAME(((struct nself_host_log *)0)->struct_size, uint32_t);
SAME(((struct nself_host_log *)0)->reserved, uint32_t);
SAME(((struct nself_host_log *)0)->level, nself_log_level (*)(const nself_host *));
SAME(((struct nself_host_log *)0)->write, void (*)(const nself_host *, nself_call, nself_log_level, nself_string, nself_fields));
SAME(((struct nself_metric_spec *)0)->kind, nself_metric_kind);
SAME(((struct nself_metric_spec *)0)->reserved, uint32_t);
SAME(((struct nself_metric_spec *)0)->name, nself_string);
SAME(((struct nself_metric_spec *)0)->help, nself_string);
SAME(((struct nself_metric_spec *)0)->unit, nself_string);
SAME(((struct nself_metric_spec *)0)->bucket_bounds, const double *);
SAME(((struct nself_metric_spec *)0)->bucket_count, size_t);
SAME(((struct nself_host_metrics *)0)->struct_size, uint32_t);
SAME(((struct nself_host_metrics *)0)->reserved, uint32_t);
SAME(((struct nself_host_metrics *)0)->define, nself_status (*)(const nself_host *, const nself_metric_spec *, nself_fields, nself_metric *));
SAME(((struct nself_host_metrics *)0)->record, void (*)(const nself_host *, nself_metric, double));
SAME(((struct nself_host_metrics *)0)->set, void (*)(const nself_host *, nself_metric, double));
SAME(((struct nself_metric_point *)0)->name, nself_string);
SAME(((struct nself_metric_point *)0)->help, nself_string);
SAME(((struct nself_metric_point *)0)->unit, nself_string);
SAME(((struct nself_metric_point *)0)->labels, nself_fields);
SAME(((struct nself_metric_point *)0)->kind, nself_metric_kind);
SAME(((struct nself_metric_point *)0)->reserved, uint32_t);
SAME(((struct nself_metric_point *)0)->value, double);
SAME(((struct nself_metric_point *)0)->count, uint64_t);
SAME(((struct nself_metric_point *)0)->bucket_bounds, const double *);
SAME(((struct nself_metric_point *)0)->bucket_counts, const uint64_t *);
SAME(((struct nself_metric_point *)0)->bucket_count, size_t);
SAME(((struct nself_log_record *)0)->unix_time, uint64_t);
SAME(((struct nself_log_record *)0)->level, nself_log_level);
SAME(((struct nself_log_record *)0)->reserved, uint32_t);
SAME(((struct nself_log_record *)0)->instance, nself_string);
SAME(((struct nself_log_record *)0)->message, nself_string);
SAME(((struct nself_log_record *)0)->fields, nself_fields);
SAME(((struct nself_log_record *)0)->trace, nself_trace);
SAME(((struct nself_span *)0)->trace, nself_trace);
SAME(((struct nself_span *)0)->parent_span_id, uint8_t[8]);
SAME(((struct nself_span *)0)->instance, nself_string);
SAME(((struct nself_span *)0)->name, nself_string);
SAME(((struct nself_span *)0)->start_unix_time, uint64_t);
SAME(((struct nself_span *)0)->end_unix_time, uint64_t);
SAME(((struct nself_span *)0)->status, nself_status);
SAME(((struct nself_span *)0)->reserved, uint32_t);
SAME(((struct nself_span *)0)->attributes, nself_fields);
SAME(*(nself_points_done *)0, void (*)(void *, nself_status, nself_string, const nself_metric_point *, size_t));
SAME(((struct nself_host_telemetry *)0)->struct_size, uint32_t);
SAME(((struct nself_host_telemetry *)0)->reserved, uint32_t);
SAME(((struct nself_host_telemetry *)0)->collect, nself_operation (*)(const nself_host *, void *, nself_points_done));
SAME(((struct nself_host_config *)0)->struct_size, uint32_t);
SAME(((struct nself_host_config *)0)->reserved, uint32_t);
SAME(((struct nself_host_config *)0)->current, nself_bytes (*)(const nself_host *));
SAME(((struct nself_host_config *)0)->data_directory, nself_string (*)(const nself_host *));
SAME(((struct nself_host_secrets *)0)->struct_size, uint32_t);
SAME(((struct nself_host_secrets *)0)->reserved, uint32_t);
SAME(((struct nself_host_secrets *)0)->read, nself_operation (*)(const nself_host *, nself_string, void *, nself_operation_buffer_done));
SAME(((struct nself_host_certificates *)0)->struct_size, uint32_t);
SAME(((struct nself_host_certificates *)0)->reserved, uint32_t);
SAME(((struct nself_host_certificates *)0)->put, nself_status (*)(const nself_host *, nself_strings, nself_string, nself_string, nself_error *));
SAME(((struct nself_host_admin *)0)->struct_size, uint32_t);
SAME(((struct nself_host_admin *)0)->reserved, uint32_t);
SAME(((struct nself_host_admin *)0)->run, nself_operation (*)(const nself_host *, nself_string, nself_bytes, void *, nself_operation_buffer_done));
SAME(((struct nself_route *)0)->method, nself_string);
SAME(((struct nself_route *)0)->pattern, nself_string);
SAME(((struct nself_route *)0)->number, uint64_t);
SAME(((struct nself_route *)0)->body_max, uint64_t);
SAME(((struct nself_route *)0)->timeout, uint64_t);
SAME(((struct nself_route *)0)->rate_policy, nself_string);
SAME(((struct nself_route *)0)->flags, nself_route_flags);
SAME(((struct nself_route *)0)->reserved, uint32_t);
SAME(((struct nself_host_routes *)0)->struct_size, uint32_t);
SAME(((struct nself_host_routes *)0)->reserved, uint32_t);
SAME(((struct nself_host_routes *)0)->add, nself_status (*)(const nself_host *, const nself_route *, nself_error *));
SAME(((struct nself_http_client_request *)0)->timeout, uint64_t);
SAME(((struct nself_http_client_request *)0)->method, nself_string);
SAME(((struct nself_http_client_request *)0)->url, nself_string);
SAME(((struct nself_http_client_request *)0)->headers, nself_fields);
SAME(((struct nself_http_client_request *)0)->body, nself_body);
SAME(*(nself_http_client_done *)0, void (*)(void *, nself_status, nself_string, nself_http_response *));
SAME(((struct nself_host_http_client *)0)->struct_size, uint32_t);
SAME(((struct nself_host_http_client *)0)->reserved, uint32_t);
SAME(((struct nself_host_http_client *)0)->send, nself_operation (*)(const nself_host *, nself_http_client_request *, void *, nself_http_client_done));
SAME(*(nself_message_done *)0, void (*)(void *, nself_status, nself_message_kind, nself_buffer *));
SAME(((struct nself_host_websockets *)0)->struct_size, uint32_t);
SAME(((struct nself_host_websockets *)0)->reserved, uint32_t);
SAME(((struct nself_host_websockets *)0)->receive, void (*)(const nself_host *, nself_websocket, void *, nself_message_done));
SAME(((struct nself_host_websockets *)0)->send, void (*)(const nself_host *, nself_websocket, nself_message_kind, nself_buffer *, size_t, void *, nself_operation_done));
SAME(((struct nself_host_websockets *)0)->close, void (*)(const nself_host *, nself_websocket, uint32_t, nself_string));
SAME(((struct nself_host_capabilities *)0)->struct_size, uint32_t);
SAME(((struct nself_host_capabilities *)0)->reserved, uint32_t);
SAME(((struct nself_host_capabilities *)0)->invoke, nself_operation (*)(const nself_host *, nself_string, nself_string, nself_bytes, void *, nself_operation_buffer_done));
SAME(*(nself_db_done *)0, void (*)(void *, nself_status, nself_string, nself_db_result *, uint32_t, const nself_db_error *));
SAME(*(nself_db_session_done *)0, void (*)(void *, nself_status, nself_string, nself_db_session));
SAME(((struct nself_host_database *)0)->struct_size, uint32_t);
SAME(((struct nself_host_database *)0)->reserved, uint32_t);
SAME(((struct nself_host_database *)0)->execute, nself_operation (*)(const nself_host *, const nself_db_request *, void *, nself_db_done));
SAME(((struct nself_host_database *)0)->open_session, nself_operation (*)(const nself_host *, nself_string, nself_db_request_flags, void *, nself_db_session_done));
SAME(((struct nself_host_database *)0)->close_session, void (*)(const nself_host *, nself_db_session));
SAME(((struct nself_host_database *)0)->listen, nself_subscription (*)(const nself_host *, nself_string, nself_string, void *, nself_noticed));
SAME(((struct nself_host_database *)0)->unlisten, void (*)(const nself_host *, nself_subscription));
SAME(((struct nself_host_kv *)0)->struct_size, uint32_t);
SAME(((struct nself_host_kv *)0)->reserved, uint32_t);
SAME(((struct nself_host_kv *)0)->get, nself_operation (*)(const nself_host *, nself_string, void *, nself_operation_buffer_done));
SAME(((struct nself_host_kv *)0)->set, nself_operation (*)(const nself_host *, nself_string, nself_bytes, uint64_t, void *, nself_operation_done));
SAME(((struct nself_host_kv *)0)->compare_and_set, nself_operation (*)(const nself_host *, nself_string, nself_bytes, nself_bytes, uint64_t, void *, nself_operation_done));
SAME(((struct nself_host_kv *)0)->add, nself_operation (*)(const nself_host *, nself_string, int64_t, uint64_t, void *, nself_operation_number_done));
SAME(((struct nself_host_kv *)0)->remove, nself_operation (*)(const nself_host *, nself_string, void *, nself_operation_done));
SAME(((struct nself_host_queue *)0)->struct_size, uint32_t);
SAME(((struct nself_host_queue *)0)->reserved, uint32_t);
SAME(((struct nself_host_queue *)0)->enqueue, nself_operation (*)(const nself_host *, const nself_job *, void *, nself_operation_done));
SAME(((struct nself_host_queue *)0)->remove, nself_operation (*)(const nself_host *, nself_string, nself_string, void *, nself_operation_done));
SAME(((struct nself_host_queue *)0)->handle, nself_status (*)(const nself_host *, nself_string, uint32_t, nself_error *));
SAME(((struct nself_host_events *)0)->struct_size, uint32_t);
SAME(((struct nself_host_events *)0)->reserved, uint32_t);
SAME(((struct nself_host_events *)0)->emit, void (*)(const nself_host *, nself_string, nself_buffer *));
SAME(((struct nself_host_events *)0)->listen, nself_subscription (*)(const nself_host *, nself_string, void *, nself_noticed));
SAME(((struct nself_host_events *)0)->unlisten, void (*)(const nself_host *, nself_subscription));
SAME(((struct nself_host_events *)0)->publish, nself_operation (*)(const nself_host *, nself_string, nself_bytes, void *, nself_operation_done));
SAME(((struct nself_host_events *)0)->subscribe, nself_status (*)(const nself_host *, nself_string, nself_string, nself_error *));
SAME(((struct nself_host_delivery *)0)->struct_size, uint32_t);
SAME(((struct nself_host_delivery *)0)->reserved, uint32_t);
SAME(((struct nself_host_delivery *)0)->job, nself_operation (*)(const nself_host *, nself_string, const nself_job *, void *, nself_operation_done));
SAME(((struct nself_host_delivery *)0)->event, nself_operation (*)(const nself_host *, nself_string, const nself_event *, void *, nself_operation_done));
SAME(((struct nself_host_mail *)0)->struct_size, uint32_t);
SAME(((struct nself_host_mail *)0)->reserved, uint32_t);
SAME(((struct nself_host_mail *)0)->send, nself_operation (*)(const nself_host *, const nself_mail *, void *, nself_operation_done));
SAME(((struct nself_host_audit *)0)->struct_size, uint32_t);
SAME(((struct nself_host_audit *)0)->reserved, uint32_t);
SAME(((struct nself_host_audit *)0)->append, nself_operation (*)(const nself_host *, const nself_audit_entry *, void *, nself_operation_done));
SAME(*(nself_object_done *)0, void (*)(void *, nself_status, nself_string, const nself_object *, nself_body *));
SAME(*(nself_object_page_done *)0, void (*)(void *, nself_status, nself_string, const nself_object_page *));
SAME(((struct nself_host_objects *)0)->struct_size, uint32_t);
SAME(((struct nself_host_objects *)0)->reserved, uint32_t);
SAME(((struct nself_host_objects *)0)->put, nself_operation (*)(const nself_host *, nself_string, const nself_object *, nself_body *, void *, nself_object_done));
SAME(((struct nself_host_objects *)0)->get, nself_operation (*)(const nself_host *, nself_string, nself_string, nself_string, nself_object_range, void *, nself_object_done));
SAME(((struct nself_host_objects *)0)->stat, nself_operation (*)(const nself_host *, nself_string, nself_string, nself_string, void *, nself_object_done));
SAME(((struct nself_host_objects *)0)->remove, nself_operation (*)(const nself_host *, nself_string, nself_string, nself_string, void *, nself_operation_done));
SAME(((struct nself_host_objects *)0)->list, nself_operation (*)(const nself_host *, nself_string, nself_string, nself_string, nself_string, nself_string, uint32_t, void *, nself_object_page_done));
SAME(((struct nself_host_functions *)0)->struct_size, uint32_t);
SAME(((struct nself_host_functions *)0)->reserved, uint32_t);
SAME(((struct nself_host_functions *)0)->load, nself_operation (*)(const nself_host *, nself_string, const nself_function *, void *, nself_operation_done));
SAME(((struct nself_host_functions *)0)->unload, nself_operation (*)(const nself_host *, nself_string, nself_string, void *, nself_operation_done));
SAME(((struct nself_host_functions *)0)->invoke, nself_operation (*)(const nself_host *, nself_string, nself_string, const nself_http_request *, nself_body *, void *, nself_http_client_done));
SAME(((struct nself_http_handler *)0)->struct_size, uint32_t);
SAME(((struct nself_http_handler *)0)->reserved, uint32_t);
SAME(((struct nself_http_handler *)0)->handle, void (*)(void *, const nself_http_request *, nself_body *, nself_call, nself_http_done));
SAME(*(nself_http_verdict_done *)0, void (*)(nself_call, nself_status, nself_string, nself_http_verdict, nself_fields, nself_http_response *));
SAME(((struct nself_http_middleware *)0)->struct_size, uint32_t);
SAME(((struct nself_http_middleware *)0)->reserved, uint32_t);
SAME(((struct nself_http_middleware *)0)->on_request, void (*)(void *, const nself_http_request *, nself_call, nself_http_verdict_done));
SAME(((struct nself_http_middleware *)0)->on_response, void (*)(void *, const nself_http_request *, const nself_http_response *, nself_call, nself_http_verdict_done));
SAME(*(nself_websocket_done *)0, void (*)(nself_call, nself_status, nself_string, nself_string));
SAME(((struct nself_websocket_handler *)0)->struct_size, uint32_t);
SAME(((struct nself_websocket_handler *)0)->reserved, uint32_t);
SAME(((struct nself_websocket_handler *)0)->handle, void (*)(void *, const nself_http_request *, nself_websocket, nself_call, nself_websocket_done));
SAME(*(nself_auth_done *)0, void (*)(nself_call, nself_status, nself_string, nself_principal *));
SAME(((struct nself_auth_provider *)0)->struct_size, uint32_t);
SAME(((struct nself_auth_provider *)0)->reserved, uint32_t);
SAME(((struct nself_auth_provider *)0)->authenticate, void (*)(void *, const nself_http_request *, nself_call, nself_auth_done));
SAME(((struct nself_rate_decision *)0)->allowed, uint32_t);
SAME(((struct nself_rate_decision *)0)->reserved, uint32_t);
SAME(((struct nself_rate_decision *)0)->limit, uint64_t);
SAME(((struct nself_rate_decision *)0)->remaining, uint64_t);
SAME(((struct nself_rate_decision *)0)->reset_after, uint64_t);
SAME(((struct nself_rate_decision *)0)->retry_after, uint64_t);
SAME(*(nself_rate_done *)0, void (*)(nself_call, nself_status, nself_string, const nself_rate_decision *));
SAME(((struct nself_rate_limiter *)0)->struct_size, uint32_t);
SAME(((struct nself_rate_limiter *)0)->reserved, uint32_t);
SAME(((struct nself_rate_limiter *)0)->take, void (*)(void *, nself_string, nself_string, uint32_t, nself_call, nself_rate_done));
SAME(((struct nself_exporter *)0)->struct_size, uint32_t);
SAME(((struct nself_exporter *)0)->reserved, uint32_t);
SAME(((struct nself_exporter *)0)->metrics, void (*)(void *, const nself_metric_point *, size_t, nself_call, nself_done));
SAME(((struct nself_exporter *)0)->logs, void (*)(void *, const nself_log_record *, size_t, nself_call, nself_done));
SAME(((struct nself_exporter *)0)->spans, void (*)(void *, const nself_span *, size_t, nself_call, nself_done));
SAME(((struct nself_service *)0)->struct_size, uint32_t);
SAME(((struct nself_service *)0)->reserved, uint32_t);
SAME(((struct nself_service *)0)->health, void (*)(void *, nself_call, nself_done));
SAME(((struct nself_service *)0)->openapi_json, nself_bytes (*)(void *));
SAME(((struct nself_state *)0)->struct_size, uint32_t);
SAME(((struct nself_state *)0)->format, uint32_t);
SAME(((struct nself_state *)0)->save, void (*)(void *, nself_call, nself_buffer_done));
SAME(((struct nself_state *)0)->load, nself_status (*)(void *, uint32_t, nself_bytes, nself_error *));
SAME(((struct nself_capability *)0)->struct_size, uint32_t);
SAME(((struct nself_capability *)0)->reserved, uint32_t);
SAME(((struct nself_capability *)0)->invoke, void (*)(void *, nself_string, nself_string, nself_bytes, nself_call, nself_buffer_done));
SAME(*(nself_db_call_done *)0, void (*)(nself_call, nself_status, nself_string, nself_db_result *, uint32_t, const nself_db_error *));
SAME(*(nself_db_session_call_done *)0, void (*)(nself_call, nself_status, nself_string, uint64_t));
SAME(*(nself_db_notify *)0, void (*)(nself_subscription, nself_notice, nself_string, nself_bytes));
SAME(((struct nself_role_database *)0)->struct_size, uint32_t);
SAME(((struct nself_role_database *)0)->reserved, uint32_t);
SAME(((struct nself_role_database *)0)->execute, void (*)(void *, const nself_db_request *, nself_call, nself_db_call_done));
SAME(((struct nself_role_database *)0)->open_session, void (*)(void *, nself_db_request_flags, nself_call, nself_db_session_call_done));
SAME(((struct nself_role_database *)0)->close_session, void (*)(void *, uint64_t));
SAME(((struct nself_role_database *)0)->listen, void (*)(void *, nself_string, nself_subscription, nself_db_notify));
SAME(((struct nself_role_database *)0)->unlisten, void (*)(void *, nself_subscription));
SAME(((struct nself_role_kv *)0)->struct_size, uint32_t);
SAME(((struct nself_role_kv *)0)->reserved, uint32_t);
SAME(((struct nself_role_kv *)0)->get, void (*)(void *, nself_string, nself_call, nself_buffer_done));
SAME(((struct nself_role_kv *)0)->set, void (*)(void *, nself_string, nself_bytes, uint64_t, nself_call, nself_done));
SAME(((struct nself_role_kv *)0)->compare_and_set, void (*)(void *, nself_string, nself_bytes, nself_bytes, uint64_t, nself_call, nself_done));
SAME(((struct nself_role_kv *)0)->add, void (*)(void *, nself_string, int64_t, uint64_t, nself_call, nself_number_done));
SAME(((struct nself_role_kv *)0)->remove, void (*)(void *, nself_string, nself_call, nself_done));
SAME(((struct nself_queue_consumer *)0)->instance, nself_string);
SAME(((struct nself_queue_consumer *)0)->queue, nself_string);
SAME(((struct nself_queue_consumer *)0)->pattern, nself_string);
SAME(((struct nself_queue_consumer *)0)->group, nself_string);
SAME(((struct nself_queue_consumer *)0)->parallel, uint32_t);
SAME(((struct nself_queue_consumer *)0)->reserved, uint32_t);
SAME(((struct nself_role_queue *)0)->struct_size, uint32_t);
SAME(((struct nself_role_queue *)0)->reserved, uint32_t);
SAME(((struct nself_role_queue *)0)->enqueue, void (*)(void *, const nself_job *, nself_call, nself_done));
SAME(((struct nself_role_queue *)0)->remove, void (*)(void *, nself_string, nself_string, nself_call, nself_done));
SAME(((struct nself_role_queue *)0)->publish, void (*)(void *, const nself_event *, nself_call, nself_done));
SAME(((struct nself_role_queue *)0)->consumers, void (*)(void *, const nself_queue_consumer *, size_t));
SAME(((struct nself_job_handler *)0)->struct_size, uint32_t);
SAME(((struct nself_job_handler *)0)->reserved, uint32_t);
SAME(((struct nself_job_handler *)0)->perform, void (*)(void *, const nself_job *, nself_call, nself_done));
SAME(((struct nself_event_consumer *)0)->struct_size, uint32_t);
SAME(((struct nself_event_consumer *)0)->reserved, uint32_t);
SAME(((struct nself_event_consumer *)0)->deliver, void (*)(void *, const nself_event *, nself_call, nself_done));
SAME(((struct nself_role_mail *)0)->struct_size, uint32_t);
SAME(((struct nself_role_mail *)0)->reserved, uint32_t);
SAME(((struct nself_role_mail *)0)->send, void (*)(void *, const nself_mail *, nself_call, nself_done));
SAME(((struct nself_role_audit *)0)->struct_size, uint32_t);
SAME(((struct nself_role_audit *)0)->reserved, uint32_t);
SAME(((struct nself_role_audit *)0)->append, void (*)(void *, const nself_audit_entry *, nself_call, nself_done));
SAME(*(nself_object_call_done *)0, void (*)(nself_call, nself_status, nself_string, const nself_object *, nself_body *));
SAME(*(nself_object_page_call_done *)0, void (*)(nself_call, nself_status, nself_string, const nself_object_page *));
SAME(((struct nself_role_objects *)0)->struct_size, uint32_t);
SAME(((struct nself_role_objects *)0)->reserved, uint32_t);
SAME(((struct nself_role_objects *)0)->put, void (*)(void *, const nself_object *, nself_body *, nself_call, nself_object_call_done));
SAME(((struct nself_role_objects *)0)->get, void (*)(void *, nself_string, nself_string, nself_object_range, nself_call, nself_object_call_done));
SAME(((struct nself_role_objects *)0)->stat, void (*)(void *, nself_string, nself_string, nself_call, nself_object_call_done));
SAME(((struct nself_role_objects *)0)->remove, void (*)(void *, nself_string, nself_string, nself_call, nself_done));
SAME(((struct nself_role_objects *)0)->list, void (*)(void *, nself_string, nself_string, nself_string, nself_string, uint32_t, nself_call, nself_object_page_call_done));
SAME(((struct nself_role_functions *)0)->struct_size, uint32_t);
SAME(((struct nself_role_functions *)0)->reserved, uint32_t);
SAME(((struct nself_role_functions *)0)->load, void (*)(void *, const nself_function *, nself_call, nself_done));
SAME(((struct nself_role_functions *)0)->unload, void (*)(void *, nself_string, nself_call, nself_done));
SAME(((struct nself_role_functions *)0)->invoke, void (*)(void *, nself_string, const nself_http_request *, nself_body *, nself_call, nself_http_done));

/* Built as a library, for abidiff: one exported function reaches each type. */
struct nself_buffer *probe_nself_buffer(struct nself_buffer *value) { return value; }
nself_status probe_nself_status(nself_status value) { return value; }
struct nself_string *probe_nself_string(struct nself_string *value) { return value; }
struct nself_bytes *probe_nself_bytes(struct nself_bytes *value) { return value; }
struct nself_field *probe_nself_field(struct nself_field *value) { return value; }
struct nself_fields *probe_nself_fields(struct nself_fields *value) { return value; }
struct nself_strings *probe_nself_strings(struct nself_strings *value) { return value; }
struct nself_error *probe_nself_error(struct nself_error *value) { return value; }
struct nself_call *probe_nself_call(struct nself_call *value) { return value; }
struct nself_operation *probe_nself_operation(struct nself_operation *value) { return value; }
struct nself_poll *probe_nself_poll(struct nself_poll *value) { return value; }
struct nself_timer *probe_nself_timer(struct nself_timer *value) { return value; }
struct nself_process *probe_nself_process(struct nself_process *value) { return value; }
struct nself_metric *probe_nself_metric(struct nself_metric *value) { return value; }
struct nself_websocket *probe_nself_websocket(struct nself_websocket *value) { return value; }
struct nself_db_session *probe_nself_db_session(struct nself_db_session *value) { return value; }
struct nself_subscription *probe_nself_subscription(struct nself_subscription *value) { return value; }
nself_task probe_nself_task(nself_task value) { return value; }
nself_done probe_nself_done(nself_done value) { return value; }
nself_buffer_done probe_nself_buffer_done(nself_buffer_done value) { return value; }
nself_number_done probe_nself_number_done(nself_number_done value) { return value; }
nself_operation_done probe_nself_operation_done(nself_operation_done value) { return value; }
nself_operation_buffer_done probe_nself_operation_buffer_done(nself_operation_buffer_done value) { return value; }
nself_operation_number_done probe_nself_operation_number_done(nself_operation_number_done value) { return value; }
nself_notice probe_nself_notice(nself_notice value) { return value; }
nself_noticed probe_nself_noticed(nself_noticed value) { return value; }
nself_read_done probe_nself_read_done(nself_read_done value) { return value; }
struct nself_reader_ops *probe_nself_reader_ops(struct nself_reader_ops *value) { return value; }
struct nself_reader *probe_nself_reader(struct nself_reader *value) { return value; }
nself_body_kind probe_nself_body_kind(nself_body_kind value) { return value; }
struct nself_body *probe_nself_body(struct nself_body *value) { return value; }
nself_isolation probe_nself_isolation(nself_isolation value) { return value; }
struct nself_host *probe_nself_host(struct nself_host *value) { return value; }
nself_concurrency probe_nself_concurrency(nself_concurrency value) { return value; }
nself_handover probe_nself_handover(nself_handover value) { return value; }
nself_plugin_flags probe_nself_plugin_flags(nself_plugin_flags value) { return value; }
nself_configure_mode probe_nself_configure_mode(nself_configure_mode value) { return value; }
struct nself_plugin *probe_nself_plugin(struct nself_plugin *value) { return value; }
nself_plugin_query_fn probe_nself_plugin_query_fn(nself_plugin_query_fn value) { return value; }
struct nself_trace *probe_nself_trace(struct nself_trace *value) { return value; }
struct nself_host_tracing *probe_nself_host_tracing(struct nself_host_tracing *value) { return value; }
struct nself_principal *probe_nself_principal(struct nself_principal *value) { return value; }
struct nself_http_request *probe_nself_http_request(struct nself_http_request *value) { return value; }
struct nself_http_response *probe_nself_http_response(struct nself_http_response *value) { return value; }
nself_http_done probe_nself_http_done(nself_http_done value) { return value; }
nself_db_format probe_nself_db_format(nself_db_format value) { return value; }
struct nself_db_parameter *probe_nself_db_parameter(struct nself_db_parameter *value) { return value; }
nself_db_statement_flags probe_nself_db_statement_flags(nself_db_statement_flags value) { return value; }
struct nself_db_statement *probe_nself_db_statement(struct nself_db_statement *value) { return value; }
nself_db_request_flags probe_nself_db_request_flags(nself_db_request_flags value) { return value; }
struct nself_db_request *probe_nself_db_request(struct nself_db_request *value) { return value; }
struct nself_db_column *probe_nself_db_column(struct nself_db_column *value) { return value; }
struct nself_db_cell *probe_nself_db_cell(struct nself_db_cell *value) { return value; }
struct nself_db_result *probe_nself_db_result(struct nself_db_result *value) { return value; }
struct nself_db_error *probe_nself_db_error(struct nself_db_error *value) { return value; }
struct nself_job *probe_nself_job(struct nself_job *value) { return value; }
struct nself_event *probe_nself_event(struct nself_event *value) { return value; }
struct nself_attachment *probe_nself_attachment(struct nself_attachment *value) { return value; }
struct nself_mail *probe_nself_mail(struct nself_mail *value) { return value; }
struct nself_audit_entry *probe_nself_audit_entry(struct nself_audit_entry *value) { return value; }
struct nself_object *probe_nself_object(struct nself_object *value) { return value; }
struct nself_object_range *probe_nself_object_range(struct nself_object_range *value) { return value; }
struct nself_object_page *probe_nself_object_page(struct nself_object_page *value) { return value; }
struct nself_function *probe_nself_function(struct nself_function *value) { return value; }
struct nself_host_core *probe_nself_host_core(struct nself_host_core *value) { return value; }
nself_poll_events probe_nself_poll_events(nself_poll_events value) { return value; }
nself_poll_ready probe_nself_poll_ready(nself_poll_ready value) { return value; }
struct nself_host_poll *probe_nself_host_poll(struct nself_host_poll *value) { return value; }
struct nself_host_clock *probe_nself_host_clock(struct nself_host_clock *value) { return value; }
struct nself_process_file *probe_nself_process_file(struct nself_process_file *value) { return value; }
struct nself_process_spec *probe_nself_process_spec(struct nself_process_spec *value) { return value; }
nself_process_exited probe_nself_process_exited(nself_process_exited value) { return value; }
struct nself_host_process *probe_nself_host_process(struct nself_host_process *value) { return value; }
nself_log_level probe_nself_log_level(nself_log_level value) { return value; }
struct nself_host_log *probe_nself_host_log(struct nself_host_log *value) { return value; }
nself_metric_kind probe_nself_metric_kind(nself_metric_kind value) { return value; }
struct nself_metric_spec *probe_nself_metric_spec(struct nself_metric_spec *value) { return value; }
struct nself_host_metrics *probe_nself_host_metrics(struct nself_host_metrics *value) { return value; }
struct nself_metric_point *probe_nself_metric_point(struct nself_metric_point *value) { return value; }
struct nself_log_record *probe_nself_log_record(struct nself_log_record *value) { return value; }
struct nself_span *probe_nself_span(struct nself_span *value) { return value; }
nself_points_done probe_nself_points_done(nself_points_done value) { return value; }
struct nself_host_telemetry *probe_nself_host_telemetry(struct nself_host_telemetry *value) { return value; }
struct nself_host_config *probe_nself_host_config(struct nself_host_config *value) { return value; }
struct nself_host_secrets *probe_nself_host_secrets(struct nself_host_secrets *value) { return value; }
struct nself_host_certificates *probe_nself_host_certificates(struct nself_host_certificates *value) { return value; }
struct nself_host_admin *probe_nself_host_admin(struct nself_host_admin *value) { return value; }
nself_route_flags probe_nself_route_flags(nself_route_flags value) { return value; }
struct nself_route *probe_nself_route(struct nself_route *value) { return value; }
struct nself_host_routes *probe_nself_host_routes(struct nself_host_routes *value) { return value; }
struct nself_http_client_request *probe_nself_http_client_request(struct nself_http_client_request *value) { return value; }
nself_http_client_done probe_nself_http_client_done(nself_http_client_done value) { return value; }
struct nself_host_http_client *probe_nself_host_http_client(struct nself_host_http_client *value) { return value; }
nself_message_kind probe_nself_message_kind(nself_message_kind value) { return value; }
nself_message_done probe_nself_message_done(nself_message_done value) { return value; }
struct nself_host_websockets *probe_nself_host_websockets(struct nself_host_websockets *value) { return value; }
struct nself_host_capabilities *probe_nself_host_capabilities(struct nself_host_capabilities *value) { return value; }
nself_db_done probe_nself_db_done(nself_db_done value) { return value; }
nself_db_session_done probe_nself_db_session_done(nself_db_session_done value) { return value; }
struct nself_host_database *probe_nself_host_database(struct nself_host_database *value) { return value; }
struct nself_host_kv *probe_nself_host_kv(struct nself_host_kv *value) { return value; }
struct nself_host_queue *probe_nself_host_queue(struct nself_host_queue *value) { return value; }
struct nself_host_events *probe_nself_host_events(struct nself_host_events *value) { return value; }
struct nself_host_delivery *probe_nself_host_delivery(struct nself_host_delivery *value) { return value; }
struct nself_host_mail *probe_nself_host_mail(struct nself_host_mail *value) { return value; }
struct nself_host_audit *probe_nself_host_audit(struct nself_host_audit *value) { return value; }
nself_object_done probe_nself_object_done(nself_object_done value) { return value; }
nself_object_page_done probe_nself_object_page_done(nself_object_page_done value) { return value; }
struct nself_host_objects *probe_nself_host_objects(struct nself_host_objects *value) { return value; }
struct nself_host_functions *probe_nself_host_functions(struct nself_host_functions *value) { return value; }
struct nself_http_handler *probe_nself_http_handler(struct nself_http_handler *value) { return value; }
nself_http_verdict probe_nself_http_verdict(nself_http_verdict value) { return value; }
nself_http_verdict_done probe_nself_http_verdict_done(nself_http_verdict_done value) { return value; }
struct nself_http_middleware *probe_nself_http_middleware(struct nself_http_middleware *value) { return value; }
nself_websocket_done probe_nself_websocket_done(nself_websocket_done value) { return value; }
struct nself_websocket_handler *probe_nself_websocket_handler(struct nself_websocket_handler *value) { return value; }
nself_auth_done probe_nself_auth_done(nself_auth_done value) { return value; }
struct nself_auth_provider *probe_nself_auth_provider(struct nself_auth_provider *value) { return value; }
struct nself_rate_decision *probe_nself_rate_decision(struct nself_rate_decision *value) { return value; }
nself_rate_done probe_nself_rate_done(nself_rate_done value) { return value; }
struct nself_rate_limiter *probe_nself_rate_limiter(struct nself_rate_limiter *value) { return value; }
struct nself_exporter *probe_nself_exporter(struct nself_exporter *value) { return value; }
struct nself_service *probe_nself_service(struct nself_service *value) { return value; }
struct nself_state *probe_nself_state(struct nself_state *value) { return value; }
struct nself_capability *probe_nself_capability(struct nself_capability *value) { return value; }
nself_db_call_done probe_nself_db_call_done(nself_db_call_done value) { return value; }
nself_db_session_call_done probe_nself_db_session_call_done(nself_db_session_call_done value) { return value; }
nself_db_notify probe_nself_db_notify(nself_db_notify value) { return value; }
struct nself_role_database *probe_nself_role_database(struct nself_role_database *value) { return value; }
struct nself_role_kv *probe_nself_role_kv(struct nself_role_kv *value) { return value; }
struct nself_queue_consumer *probe_nself_queue_consumer(struct nself_queue_consumer *value) { return value; }
struct nself_role_queue *probe_nself_role_queue(struct nself_role_queue *value) { return value; }
struct nself_job_handler *probe_nself_job_handler(struct nself_job_handler *value) { return value; }
struct nself_event_consumer *probe_nself_event_consumer(struct nself_event_consumer *value) { return value; }
struct nself_role_mail *probe_nself_role_mail(struct nself_role_mail *value) { return value; }
struct nself_role_audit *probe_nself_role_audit(struct nself_role_audit *value) { return value; }
nself_object_call_done probe_nself_object_call_done(nself_object_call_done value) { return value; }
nself_object_page_call_done probe_nself_object_page_call_done(nself_object_page_call_done value) { return value; }
struct nself_role_objects *probe_nself_role_objects(struct nself_role_objects *value) { return value; }
struct nself_role_functions *probe_nself_role_functions(struct nself_role_functions *value) { return value; }

int main(void) {
  printf("struct nself_buffer %zu\n", sizeof(struct nself_buffer));
  printf("  nself_buffer.data %zu %zu const uint8_t *\n", offsetof(struct nself_buffer, data), sizeof(((struct nself_buffer *)0)->data));
  printf("  nself_buffer.size %zu %zu size_t\n", offsetof(struct nself_buffer, size), sizeof(((struct nself_buffer *)0)->size));
  printf("  nself_buffer.owner %zu %zu void *\n", offsetof(struct nself_buffer, owner), sizeof(((struct nself_buffer *)0)->owner));
  printf("  nself_buffer.retain %zu %zu void (*)(void *)\n", offsetof(struct nself_buffer, retain), sizeof(((struct nself_buffer *)0)->retain));
  printf("  nself_buffer.release %zu %zu void (*)(void *)\n", offsetof(struct nself_buffer, release), sizeof(((struct nself_buffer *)0)->release));
  printf("enum nself_status %zu\n", sizeof(nself_status));
  printf("  NSELF_STATUS_OK %lld\n", (long long)NSELF_STATUS_OK);
  printf("  NSELF_STATUS_CANCELLED %lld\n", (long long)NSELF_STATUS_CANCELLED);
  printf("  NSELF_STATUS_UNKNOWN %lld\n", (long long)NSELF_STATUS_UNKNOWN);
  printf("  NSELF_STATUS_INVALID_ARGUMENT %lld\n", (long long)NSELF_STATUS_INVALID_ARGUMENT);
  printf("  NSELF_STATUS_DEADLINE_EXCEEDED %lld\n", (long long)NSELF_STATUS_DEADLINE_EXCEEDED);
  printf("  NSELF_STATUS_NOT_FOUND %lld\n", (long long)NSELF_STATUS_NOT_FOUND);
  printf("  NSELF_STATUS_ALREADY_EXISTS %lld\n", (long long)NSELF_STATUS_ALREADY_EXISTS);
  printf("  NSELF_STATUS_PERMISSION_DENIED %lld\n", (long long)NSELF_STATUS_PERMISSION_DENIED);
  printf("  NSELF_STATUS_RESOURCE_EXHAUSTED %lld\n", (long long)NSELF_STATUS_RESOURCE_EXHAUSTED);
  printf("  NSELF_STATUS_FAILED_PRECONDITION %lld\n", (long long)NSELF_STATUS_FAILED_PRECONDITION);
  printf("  NSELF_STATUS_ABORTED %lld\n", (long long)NSELF_STATUS_ABORTED);
  printf("  NSELF_STATUS_OUT_OF_RANGE %lld\n", (long long)NSELF_STATUS_OUT_OF_RANGE);
  printf("  NSELF_STATUS_UNIMPLEMENTED %lld\n", (long long)NSELF_STATUS_UNIMPLEMENTED);
  printf("  NSELF_STATUS_INTERNAL %lld\n", (long long)NSELF_STATUS_INTERNAL);
  printf("  NSELF_STATUS_UNAVAILABLE %lld\n", (long long)NSELF_STATUS_UNAVAILABLE);
  printf("  NSELF_STATUS_DATA_LOSS %lld\n", (long long)NSELF_STATUS_DATA_LOSS);
  printf("  NSELF_STATUS_UNAUTHENTICATED %lld\n", (long long)NSELF_STATUS_UNAUTHENTICATED);
  printf("struct nself_string %zu\n", sizeof(struct nself_string));
  printf("  nself_string.data %zu %zu const char *\n", offsetof(struct nself_string, data), sizeof(((struct nself_string *)0)->data));
  printf("  nself_string.size %zu %zu size_t\n", offsetof(struct nself_string, size), sizeof(((struct nself_string *)0)->size));
  printf("struct nself_bytes %zu\n", sizeof(struct nself_bytes));
  printf("  nself_bytes.data %zu %zu const uint8_t *\n", offsetof(struct nself_bytes, data), sizeof(((struct nself_bytes *)0)->data));
  printf("  nself_bytes.size %zu %zu size_t\n", offsetof(struct nself_bytes, size), sizeof(((struct nself_bytes *)0)->size));
  printf("struct nself_field %zu\n", sizeof(struct nself_field));
  printf("  nself_field.name %zu %zu nself_string\n", offsetof(struct nself_field, name), sizeof(((struct nself_field *)0)->name));
  printf("  nself_field.value %zu %zu nself_string\n", offsetof(struct nself_field, value), sizeof(((struct nself_field *)0)->value));
  printf("struct nself_fields %zu\n", sizeof(struct nself_fields));
  printf("  nself_fields.items %zu %zu const nself_field *\n", offsetof(struct nself_fields, items), sizeof(((struct nself_fields *)0)->items));
  printf("  nself_fields.count %zu %zu size_t\n", offsetof(struct nself_fields, count), sizeof(((struct nself_fields *)0)->count));
  printf("struct nself_strings %zu\n", sizeof(struct nself_strings));
  printf("  nself_strings.items %zu %zu const nself_string *\n", offsetof(struct nself_strings, items), sizeof(((struct nself_strings *)0)->items));
  printf("  nself_strings.count %zu %zu size_t\n", offsetof(struct nself_strings, count), sizeof(((struct nself_strings *)0)->count));
  printf("struct nself_error %zu\n", sizeof(struct nself_error));
  printf("  nself_error.status %zu %zu nself_status\n", offsetof(struct nself_error, status), sizeof(((struct nself_error *)0)->status));
  printf("  nself_error.message_size %zu %zu uint32_t\n", offsetof(struct nself_error, message_size), sizeof(((struct nself_error *)0)->message_size));
  printf("  nself_error.message %zu %zu char[504]\n", offsetof(struct nself_error, message), sizeof(((struct nself_error *)0)->message));
  printf("struct nself_call %zu\n", sizeof(struct nself_call));
  printf("  nself_call.id %zu %zu uint64_t\n", offsetof(struct nself_call, id), sizeof(((struct nself_call *)0)->id));
  printf("struct nself_operation %zu\n", sizeof(struct nself_operation));
  printf("  nself_operation.id %zu %zu uint64_t\n", offsetof(struct nself_operation, id), sizeof(((struct nself_operation *)0)->id));
  printf("struct nself_poll %zu\n", sizeof(struct nself_poll));
  printf("  nself_poll.id %zu %zu uint64_t\n", offsetof(struct nself_poll, id), sizeof(((struct nself_poll *)0)->id));
  printf("struct nself_timer %zu\n", sizeof(struct nself_timer));
  printf("  nself_timer.id %zu %zu uint64_t\n", offsetof(struct nself_timer, id), sizeof(((struct nself_timer *)0)->id));
  printf("struct nself_process %zu\n", sizeof(struct nself_process));
  printf("  nself_process.id %zu %zu uint64_t\n", offsetof(struct nself_process, id), sizeof(((struct nself_process *)0)->id));
  printf("struct nself_metric %zu\n", sizeof(struct nself_metric));
  printf("  nself_metric.id %zu %zu uint64_t\n", offsetof(struct nself_metric, id), sizeof(((struct nself_metric *)0)->id));
  printf("struct nself_websocket %zu\n", sizeof(struct nself_websocket));
  printf("  nself_websocket.id %zu %zu uint64_t\n", offsetof(struct nself_websocket, id), sizeof(((struct nself_websocket *)0)->id));
  printf("struct nself_db_session %zu\n", sizeof(struct nself_db_session));
  printf("  nself_db_session.id %zu %zu uint64_t\n", offsetof(struct nself_db_session, id), sizeof(((struct nself_db_session *)0)->id));
  printf("struct nself_subscription %zu\n", sizeof(struct nself_subscription));
  printf("  nself_subscription.id %zu %zu uint64_t\n", offsetof(struct nself_subscription, id), sizeof(((struct nself_subscription *)0)->id));
  printf("callback nself_task void (*)(void *)\n");
  printf("callback nself_done void (*)(nself_call, nself_status, nself_string)\n");
  printf("callback nself_buffer_done void (*)(nself_call, nself_status, nself_string, nself_buffer *)\n");
  printf("callback nself_number_done void (*)(nself_call, nself_status, nself_string, int64_t)\n");
  printf("callback nself_operation_done void (*)(void *, nself_status, nself_string)\n");
  printf("callback nself_operation_buffer_done void (*)(void *, nself_status, nself_string, nself_buffer *)\n");
  printf("callback nself_operation_number_done void (*)(void *, nself_status, nself_string, int64_t)\n");
  printf("enum nself_notice %zu\n", sizeof(nself_notice));
  printf("  NSELF_NOTICE_LISTENING %lld\n", (long long)NSELF_NOTICE_LISTENING);
  printf("  NSELF_NOTICE_MESSAGE %lld\n", (long long)NSELF_NOTICE_MESSAGE);
  printf("  NSELF_NOTICE_ENDED %lld\n", (long long)NSELF_NOTICE_ENDED);
  printf("callback nself_noticed void (*)(void *, nself_notice, nself_string, nself_bytes)\n");
  printf("callback nself_read_done void (*)(void *, nself_status, nself_buffer *)\n");
  printf("struct nself_reader_ops %zu\n", sizeof(struct nself_reader_ops));
  printf("  nself_reader_ops.struct_size %zu %zu uint32_t\n", offsetof(struct nself_reader_ops, struct_size), sizeof(((struct nself_reader_ops *)0)->struct_size));
  printf("  nself_reader_ops.reserved %zu %zu uint32_t\n", offsetof(struct nself_reader_ops, reserved), sizeof(((struct nself_reader_ops *)0)->reserved));
  printf("  nself_reader_ops.read %zu %zu void (*)(void *, size_t, void *, nself_read_done)\n", offsetof(struct nself_reader_ops, read), sizeof(((struct nself_reader_ops *)0)->read));
  printf("  nself_reader_ops.close %zu %zu void (*)(void *)\n", offsetof(struct nself_reader_ops, close), sizeof(((struct nself_reader_ops *)0)->close));
  printf("struct nself_reader %zu\n", sizeof(struct nself_reader));
  printf("  nself_reader.context %zu %zu void *\n", offsetof(struct nself_reader, context), sizeof(((struct nself_reader *)0)->context));
  printf("  nself_reader.ops %zu %zu const nself_reader_ops *\n", offsetof(struct nself_reader, ops), sizeof(((struct nself_reader *)0)->ops));
  printf("enum nself_body_kind %zu\n", sizeof(nself_body_kind));
  printf("  NSELF_BODY_NONE %lld\n", (long long)NSELF_BODY_NONE);
  printf("  NSELF_BODY_BUFFER %lld\n", (long long)NSELF_BODY_BUFFER);
  printf("  NSELF_BODY_STREAM %lld\n", (long long)NSELF_BODY_STREAM);
  printf("  NSELF_BODY_FILE %lld\n", (long long)NSELF_BODY_FILE);
  printf("struct nself_body %zu\n", sizeof(struct nself_body));
  printf("  nself_body.kind %zu %zu nself_body_kind\n", offsetof(struct nself_body, kind), sizeof(((struct nself_body *)0)->kind));
  printf("  nself_body.file %zu %zu int32_t\n", offsetof(struct nself_body, file), sizeof(((struct nself_body *)0)->file));
  printf("  nself_body.offset %zu %zu uint64_t\n", offsetof(struct nself_body, offset), sizeof(((struct nself_body *)0)->offset));
  printf("  nself_body.size %zu %zu uint64_t\n", offsetof(struct nself_body, size), sizeof(((struct nself_body *)0)->size));
  printf("  nself_body.buffer %zu %zu nself_buffer\n", offsetof(struct nself_body, buffer), sizeof(((struct nself_body *)0)->buffer));
  printf("  nself_body.more %zu %zu nself_buffer *\n", offsetof(struct nself_body, more), sizeof(((struct nself_body *)0)->more));
  printf("  nself_body.more_count %zu %zu size_t\n", offsetof(struct nself_body, more_count), sizeof(((struct nself_body *)0)->more_count));
  printf("  nself_body.reader %zu %zu nself_reader\n", offsetof(struct nself_body, reader), sizeof(((struct nself_body *)0)->reader));
  printf("enum nself_isolation %zu\n", sizeof(nself_isolation));
  printf("  NSELF_ISOLATION_NONE %lld\n", (long long)NSELF_ISOLATION_NONE);
  printf("  NSELF_ISOLATION_PROCESS %lld\n", (long long)NSELF_ISOLATION_PROCESS);
  printf("struct nself_host %zu\n", sizeof(struct nself_host));
  printf("  nself_host.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host, struct_size), sizeof(((struct nself_host *)0)->struct_size));
  printf("  nself_host.abi_version %zu %zu uint32_t\n", offsetof(struct nself_host, abi_version), sizeof(((struct nself_host *)0)->abi_version));
  printf("  nself_host.isolation %zu %zu nself_isolation\n", offsetof(struct nself_host, isolation), sizeof(((struct nself_host *)0)->isolation));
  printf("  nself_host.reserved %zu %zu uint32_t\n", offsetof(struct nself_host, reserved), sizeof(((struct nself_host *)0)->reserved));
  printf("  nself_host.generation %zu %zu uint64_t\n", offsetof(struct nself_host, generation), sizeof(((struct nself_host *)0)->generation));
  printf("  nself_host.version %zu %zu nself_string\n", offsetof(struct nself_host, version), sizeof(((struct nself_host *)0)->version));
  printf("  nself_host.instance %zu %zu nself_string\n", offsetof(struct nself_host, instance), sizeof(((struct nself_host *)0)->instance));
  printf("  nself_host.context %zu %zu void *\n", offsetof(struct nself_host, context), sizeof(((struct nself_host *)0)->context));
  printf("  nself_host.get_interface %zu %zu const void *(*)(const nself_host *, const char *)\n", offsetof(struct nself_host, get_interface), sizeof(((struct nself_host *)0)->get_interface));
  printf("enum nself_concurrency %zu\n", sizeof(nself_concurrency));
  printf("  NSELF_CONCURRENCY_SERIAL %lld\n", (long long)NSELF_CONCURRENCY_SERIAL);
  printf("  NSELF_CONCURRENCY_PARALLEL %lld\n", (long long)NSELF_CONCURRENCY_PARALLEL);
  printf("enum nself_handover %zu\n", sizeof(nself_handover));
  printf("  NSELF_HANDOVER_NONE %lld\n", (long long)NSELF_HANDOVER_NONE);
  printf("  NSELF_HANDOVER_OVERLAP %lld\n", (long long)NSELF_HANDOVER_OVERLAP);
  printf("  NSELF_HANDOVER_EXCLUSIVE %lld\n", (long long)NSELF_HANDOVER_EXCLUSIVE);
  printf("enum nself_plugin_flags %zu\n", sizeof(nself_plugin_flags));
  printf("  NSELF_PLUGIN_MAY_BLOCK %lld\n", (long long)NSELF_PLUGIN_MAY_BLOCK);
  printf("enum nself_configure_mode %zu\n", sizeof(nself_configure_mode));
  printf("  NSELF_CONFIGURE_VALIDATE %lld\n", (long long)NSELF_CONFIGURE_VALIDATE);
  printf("  NSELF_CONFIGURE_APPLY %lld\n", (long long)NSELF_CONFIGURE_APPLY);
  printf("struct nself_plugin %zu\n", sizeof(struct nself_plugin));
  printf("  nself_plugin.struct_size %zu %zu uint32_t\n", offsetof(struct nself_plugin, struct_size), sizeof(((struct nself_plugin *)0)->struct_size));
  printf("  nself_plugin.abi_version %zu %zu uint32_t\n", offsetof(struct nself_plugin, abi_version), sizeof(((struct nself_plugin *)0)->abi_version));
  printf("  nself_plugin.flags %zu %zu nself_plugin_flags\n", offsetof(struct nself_plugin, flags), sizeof(((struct nself_plugin *)0)->flags));
  printf("  nself_plugin.concurrency %zu %zu nself_concurrency\n", offsetof(struct nself_plugin, concurrency), sizeof(((struct nself_plugin *)0)->concurrency));
  printf("  nself_plugin.handover %zu %zu nself_handover\n", offsetof(struct nself_plugin, handover), sizeof(((struct nself_plugin *)0)->handover));
  printf("  nself_plugin.reserved %zu %zu uint32_t\n", offsetof(struct nself_plugin, reserved), sizeof(((struct nself_plugin *)0)->reserved));
  printf("  nself_plugin.id %zu %zu nself_string\n", offsetof(struct nself_plugin, id), sizeof(((struct nself_plugin *)0)->id));
  printf("  nself_plugin.version %zu %zu nself_string\n", offsetof(struct nself_plugin, version), sizeof(((struct nself_plugin *)0)->version));
  printf("  nself_plugin.config_schema %zu %zu nself_string\n", offsetof(struct nself_plugin, config_schema), sizeof(((struct nself_plugin *)0)->config_schema));
  printf("  nself_plugin.create %zu %zu nself_status (*)(const nself_host *, void **, nself_error *)\n", offsetof(struct nself_plugin, create), sizeof(((struct nself_plugin *)0)->create));
  printf("  nself_plugin.configure %zu %zu nself_status (*)(void *, nself_configure_mode, nself_bytes, nself_error *)\n", offsetof(struct nself_plugin, configure), sizeof(((struct nself_plugin *)0)->configure));
  printf("  nself_plugin.start %zu %zu void (*)(void *, nself_call, nself_done)\n", offsetof(struct nself_plugin, start), sizeof(((struct nself_plugin *)0)->start));
  printf("  nself_plugin.drain %zu %zu void (*)(void *, uint64_t, nself_call, nself_done)\n", offsetof(struct nself_plugin, drain), sizeof(((struct nself_plugin *)0)->drain));
  printf("  nself_plugin.resume %zu %zu void (*)(void *)\n", offsetof(struct nself_plugin, resume), sizeof(((struct nself_plugin *)0)->resume));
  printf("  nself_plugin.stop %zu %zu void (*)(void *, nself_call, nself_done)\n", offsetof(struct nself_plugin, stop), sizeof(((struct nself_plugin *)0)->stop));
  printf("  nself_plugin.destroy %zu %zu void (*)(void *)\n", offsetof(struct nself_plugin, destroy), sizeof(((struct nself_plugin *)0)->destroy));
  printf("  nself_plugin.cancel %zu %zu void (*)(void *, nself_call)\n", offsetof(struct nself_plugin, cancel), sizeof(((struct nself_plugin *)0)->cancel));
  printf("  nself_plugin.get_interface %zu %zu const void *(*)(void *, const char *)\n", offsetof(struct nself_plugin, get_interface), sizeof(((struct nself_plugin *)0)->get_interface));
  printf("function nself_plugin_query const nself_plugin *(uint32_t)\n");
  printf("callback nself_plugin_query_fn const nself_plugin *(*)(uint32_t)\n");
  printf("struct nself_trace %zu\n", sizeof(struct nself_trace));
  printf("  nself_trace.trace_id %zu %zu uint8_t[16]\n", offsetof(struct nself_trace, trace_id), sizeof(((struct nself_trace *)0)->trace_id));
  printf("  nself_trace.span_id %zu %zu uint8_t[8]\n", offsetof(struct nself_trace, span_id), sizeof(((struct nself_trace *)0)->span_id));
  printf("  nself_trace.flags %zu %zu uint32_t\n", offsetof(struct nself_trace, flags), sizeof(((struct nself_trace *)0)->flags));
  printf("  nself_trace.reserved %zu %zu uint32_t\n", offsetof(struct nself_trace, reserved), sizeof(((struct nself_trace *)0)->reserved));
  printf("struct nself_host_tracing %zu\n", sizeof(struct nself_host_tracing));
  printf("  nself_host_tracing.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_tracing, struct_size), sizeof(((struct nself_host_tracing *)0)->struct_size));
  printf("  nself_host_tracing.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_tracing, reserved), sizeof(((struct nself_host_tracing *)0)->reserved));
  printf("  nself_host_tracing.start %zu %zu void (*)(const nself_host *, const nself_trace *, nself_string, nself_trace *)\n", offsetof(struct nself_host_tracing, start), sizeof(((struct nself_host_tracing *)0)->start));
  printf("  nself_host_tracing.attribute %zu %zu void (*)(const nself_host *, const nself_trace *, nself_field)\n", offsetof(struct nself_host_tracing, attribute), sizeof(((struct nself_host_tracing *)0)->attribute));
  printf("  nself_host_tracing.end %zu %zu void (*)(const nself_host *, const nself_trace *, nself_status)\n", offsetof(struct nself_host_tracing, end), sizeof(((struct nself_host_tracing *)0)->end));
  printf("struct nself_principal %zu\n", sizeof(struct nself_principal));
  printf("  nself_principal.subject %zu %zu nself_string\n", offsetof(struct nself_principal, subject), sizeof(((struct nself_principal *)0)->subject));
  printf("  nself_principal.issuer %zu %zu nself_string\n", offsetof(struct nself_principal, issuer), sizeof(((struct nself_principal *)0)->issuer));
  printf("  nself_principal.session %zu %zu nself_string\n", offsetof(struct nself_principal, session), sizeof(((struct nself_principal *)0)->session));
  printf("  nself_principal.role %zu %zu nself_string\n", offsetof(struct nself_principal, role), sizeof(((struct nself_principal *)0)->role));
  printf("  nself_principal.roles %zu %zu nself_strings\n", offsetof(struct nself_principal, roles), sizeof(((struct nself_principal *)0)->roles));
  printf("  nself_principal.variables %zu %zu nself_fields\n", offsetof(struct nself_principal, variables), sizeof(((struct nself_principal *)0)->variables));
  printf("  nself_principal.claims_json %zu %zu nself_bytes\n", offsetof(struct nself_principal, claims_json), sizeof(((struct nself_principal *)0)->claims_json));
  printf("  nself_principal.expires_at %zu %zu uint64_t\n", offsetof(struct nself_principal, expires_at), sizeof(((struct nself_principal *)0)->expires_at));
  printf("  nself_principal.owner %zu %zu void *\n", offsetof(struct nself_principal, owner), sizeof(((struct nself_principal *)0)->owner));
  printf("  nself_principal.retain %zu %zu void (*)(void *)\n", offsetof(struct nself_principal, retain), sizeof(((struct nself_principal *)0)->retain));
  printf("  nself_principal.release %zu %zu void (*)(void *)\n", offsetof(struct nself_principal, release), sizeof(((struct nself_principal *)0)->release));
  printf("struct nself_http_request %zu\n", sizeof(struct nself_http_request));
  printf("  nself_http_request.route %zu %zu uint64_t\n", offsetof(struct nself_http_request, route), sizeof(((struct nself_http_request *)0)->route));
  printf("  nself_http_request.deadline %zu %zu uint64_t\n", offsetof(struct nself_http_request, deadline), sizeof(((struct nself_http_request *)0)->deadline));
  printf("  nself_http_request.method %zu %zu nself_string\n", offsetof(struct nself_http_request, method), sizeof(((struct nself_http_request *)0)->method));
  printf("  nself_http_request.scheme %zu %zu nself_string\n", offsetof(struct nself_http_request, scheme), sizeof(((struct nself_http_request *)0)->scheme));
  printf("  nself_http_request.authority %zu %zu nself_string\n", offsetof(struct nself_http_request, authority), sizeof(((struct nself_http_request *)0)->authority));
  printf("  nself_http_request.path %zu %zu nself_string\n", offsetof(struct nself_http_request, path), sizeof(((struct nself_http_request *)0)->path));
  printf("  nself_http_request.query %zu %zu nself_string\n", offsetof(struct nself_http_request, query), sizeof(((struct nself_http_request *)0)->query));
  printf("  nself_http_request.remote_address %zu %zu nself_string\n", offsetof(struct nself_http_request, remote_address), sizeof(((struct nself_http_request *)0)->remote_address));
  printf("  nself_http_request.request_id %zu %zu nself_string\n", offsetof(struct nself_http_request, request_id), sizeof(((struct nself_http_request *)0)->request_id));
  printf("  nself_http_request.headers %zu %zu nself_fields\n", offsetof(struct nself_http_request, headers), sizeof(((struct nself_http_request *)0)->headers));
  printf("  nself_http_request.parameters %zu %zu nself_fields\n", offsetof(struct nself_http_request, parameters), sizeof(((struct nself_http_request *)0)->parameters));
  printf("  nself_http_request.principal %zu %zu const nself_principal *\n", offsetof(struct nself_http_request, principal), sizeof(((struct nself_http_request *)0)->principal));
  printf("  nself_http_request.trace %zu %zu nself_trace\n", offsetof(struct nself_http_request, trace), sizeof(((struct nself_http_request *)0)->trace));
  printf("struct nself_http_response %zu\n", sizeof(struct nself_http_response));
  printf("  nself_http_response.status %zu %zu uint32_t\n", offsetof(struct nself_http_response, status), sizeof(((struct nself_http_response *)0)->status));
  printf("  nself_http_response.reserved %zu %zu uint32_t\n", offsetof(struct nself_http_response, reserved), sizeof(((struct nself_http_response *)0)->reserved));
  printf("  nself_http_response.headers %zu %zu nself_fields\n", offsetof(struct nself_http_response, headers), sizeof(((struct nself_http_response *)0)->headers));
  printf("  nself_http_response.body %zu %zu nself_body\n", offsetof(struct nself_http_response, body), sizeof(((struct nself_http_response *)0)->body));
  printf("callback nself_http_done void (*)(nself_call, nself_status, nself_string, nself_http_response *)\n");
  printf("enum nself_db_format %zu\n", sizeof(nself_db_format));
  printf("  NSELF_DB_TEXT %lld\n", (long long)NSELF_DB_TEXT);
  printf("  NSELF_DB_BINARY %lld\n", (long long)NSELF_DB_BINARY);
  printf("struct nself_db_parameter %zu\n", sizeof(struct nself_db_parameter));
  printf("  nself_db_parameter.data %zu %zu const uint8_t *\n", offsetof(struct nself_db_parameter, data), sizeof(((struct nself_db_parameter *)0)->data));
  printf("  nself_db_parameter.size %zu %zu int32_t\n", offsetof(struct nself_db_parameter, size), sizeof(((struct nself_db_parameter *)0)->size));
  printf("  nself_db_parameter.type_oid %zu %zu uint32_t\n", offsetof(struct nself_db_parameter, type_oid), sizeof(((struct nself_db_parameter *)0)->type_oid));
  printf("  nself_db_parameter.format %zu %zu nself_db_format\n", offsetof(struct nself_db_parameter, format), sizeof(((struct nself_db_parameter *)0)->format));
  printf("  nself_db_parameter.reserved %zu %zu uint32_t\n", offsetof(struct nself_db_parameter, reserved), sizeof(((struct nself_db_parameter *)0)->reserved));
  printf("enum nself_db_statement_flags %zu\n", sizeof(nself_db_statement_flags));
  printf("  NSELF_DB_BINARY_RESULT %lld\n", (long long)NSELF_DB_BINARY_RESULT);
  printf("  NSELF_DB_ONCE %lld\n", (long long)NSELF_DB_ONCE);
  printf("struct nself_db_statement %zu\n", sizeof(struct nself_db_statement));
  printf("  nself_db_statement.sql %zu %zu nself_string\n", offsetof(struct nself_db_statement, sql), sizeof(((struct nself_db_statement *)0)->sql));
  printf("  nself_db_statement.parameters %zu %zu const nself_db_parameter *\n", offsetof(struct nself_db_statement, parameters), sizeof(((struct nself_db_statement *)0)->parameters));
  printf("  nself_db_statement.parameter_count %zu %zu uint32_t\n", offsetof(struct nself_db_statement, parameter_count), sizeof(((struct nself_db_statement *)0)->parameter_count));
  printf("  nself_db_statement.flags %zu %zu nself_db_statement_flags\n", offsetof(struct nself_db_statement, flags), sizeof(((struct nself_db_statement *)0)->flags));
  printf("enum nself_db_request_flags %zu\n", sizeof(nself_db_request_flags));
  printf("  NSELF_DB_READ_ONLY %lld\n", (long long)NSELF_DB_READ_ONLY);
  printf("  NSELF_DB_SLOW %lld\n", (long long)NSELF_DB_SLOW);
  printf("struct nself_db_request %zu\n", sizeof(struct nself_db_request));
  printf("  nself_db_request.session %zu %zu nself_db_session\n", offsetof(struct nself_db_request, session), sizeof(((struct nself_db_request *)0)->session));
  printf("  nself_db_request.timeout %zu %zu uint64_t\n", offsetof(struct nself_db_request, timeout), sizeof(((struct nself_db_request *)0)->timeout));
  printf("  nself_db_request.source %zu %zu nself_string\n", offsetof(struct nself_db_request, source), sizeof(((struct nself_db_request *)0)->source));
  printf("  nself_db_request.settings %zu %zu nself_fields\n", offsetof(struct nself_db_request, settings), sizeof(((struct nself_db_request *)0)->settings));
  printf("  nself_db_request.statements %zu %zu const nself_db_statement *\n", offsetof(struct nself_db_request, statements), sizeof(((struct nself_db_request *)0)->statements));
  printf("  nself_db_request.statement_count %zu %zu uint32_t\n", offsetof(struct nself_db_request, statement_count), sizeof(((struct nself_db_request *)0)->statement_count));
  printf("  nself_db_request.flags %zu %zu nself_db_request_flags\n", offsetof(struct nself_db_request, flags), sizeof(((struct nself_db_request *)0)->flags));
  printf("struct nself_db_column %zu\n", sizeof(struct nself_db_column));
  printf("  nself_db_column.name %zu %zu nself_string\n", offsetof(struct nself_db_column, name), sizeof(((struct nself_db_column *)0)->name));
  printf("  nself_db_column.type_oid %zu %zu uint32_t\n", offsetof(struct nself_db_column, type_oid), sizeof(((struct nself_db_column *)0)->type_oid));
  printf("  nself_db_column.type_modifier %zu %zu int32_t\n", offsetof(struct nself_db_column, type_modifier), sizeof(((struct nself_db_column *)0)->type_modifier));
  printf("struct nself_db_cell %zu\n", sizeof(struct nself_db_cell));
  printf("  nself_db_cell.size %zu %zu int32_t\n", offsetof(struct nself_db_cell, size), sizeof(((struct nself_db_cell *)0)->size));
  printf("  nself_db_cell.ignored %zu %zu uint32_t\n", offsetof(struct nself_db_cell, ignored), sizeof(((struct nself_db_cell *)0)->ignored));
  printf("  nself_db_cell.data %zu %zu const uint8_t *\n", offsetof(struct nself_db_cell, data), sizeof(((struct nself_db_cell *)0)->data));
  printf("struct nself_db_result %zu\n", sizeof(struct nself_db_result));
  printf("  nself_db_result.columns %zu %zu const nself_db_column *\n", offsetof(struct nself_db_result, columns), sizeof(((struct nself_db_result *)0)->columns));
  printf("  nself_db_result.rows %zu %zu const nself_db_cell *const *\n", offsetof(struct nself_db_result, rows), sizeof(((struct nself_db_result *)0)->rows));
  printf("  nself_db_result.row_count %zu %zu uint64_t\n", offsetof(struct nself_db_result, row_count), sizeof(((struct nself_db_result *)0)->row_count));
  printf("  nself_db_result.affected_rows %zu %zu uint64_t\n", offsetof(struct nself_db_result, affected_rows), sizeof(((struct nself_db_result *)0)->affected_rows));
  printf("  nself_db_result.column_count %zu %zu uint32_t\n", offsetof(struct nself_db_result, column_count), sizeof(((struct nself_db_result *)0)->column_count));
  printf("  nself_db_result.format %zu %zu nself_db_format\n", offsetof(struct nself_db_result, format), sizeof(((struct nself_db_result *)0)->format));
  printf("  nself_db_result.owner %zu %zu void *\n", offsetof(struct nself_db_result, owner), sizeof(((struct nself_db_result *)0)->owner));
  printf("  nself_db_result.retain %zu %zu void (*)(void *)\n", offsetof(struct nself_db_result, retain), sizeof(((struct nself_db_result *)0)->retain));
  printf("  nself_db_result.release %zu %zu void (*)(void *)\n", offsetof(struct nself_db_result, release), sizeof(((struct nself_db_result *)0)->release));
  printf("struct nself_db_error %zu\n", sizeof(struct nself_db_error));
  printf("  nself_db_error.sqlstate %zu %zu nself_string\n", offsetof(struct nself_db_error, sqlstate), sizeof(((struct nself_db_error *)0)->sqlstate));
  printf("  nself_db_error.message %zu %zu nself_string\n", offsetof(struct nself_db_error, message), sizeof(((struct nself_db_error *)0)->message));
  printf("  nself_db_error.detail %zu %zu nself_string\n", offsetof(struct nself_db_error, detail), sizeof(((struct nself_db_error *)0)->detail));
  printf("  nself_db_error.hint %zu %zu nself_string\n", offsetof(struct nself_db_error, hint), sizeof(((struct nself_db_error *)0)->hint));
  printf("  nself_db_error.schema %zu %zu nself_string\n", offsetof(struct nself_db_error, schema), sizeof(((struct nself_db_error *)0)->schema));
  printf("  nself_db_error.table %zu %zu nself_string\n", offsetof(struct nself_db_error, table), sizeof(((struct nself_db_error *)0)->table));
  printf("  nself_db_error.column %zu %zu nself_string\n", offsetof(struct nself_db_error, column), sizeof(((struct nself_db_error *)0)->column));
  printf("  nself_db_error.constraint %zu %zu nself_string\n", offsetof(struct nself_db_error, constraint), sizeof(((struct nself_db_error *)0)->constraint));
  printf("  nself_db_error.statement %zu %zu uint32_t\n", offsetof(struct nself_db_error, statement), sizeof(((struct nself_db_error *)0)->statement));
  printf("  nself_db_error.position %zu %zu uint32_t\n", offsetof(struct nself_db_error, position), sizeof(((struct nself_db_error *)0)->position));
  printf("struct nself_job %zu\n", sizeof(struct nself_job));
  printf("  nself_job.id %zu %zu nself_string\n", offsetof(struct nself_job, id), sizeof(((struct nself_job *)0)->id));
  printf("  nself_job.queue %zu %zu nself_string\n", offsetof(struct nself_job, queue), sizeof(((struct nself_job *)0)->queue));
  printf("  nself_job.key %zu %zu nself_string\n", offsetof(struct nself_job, key), sizeof(((struct nself_job *)0)->key));
  printf("  nself_job.run_at %zu %zu uint64_t\n", offsetof(struct nself_job, run_at), sizeof(((struct nself_job *)0)->run_at));
  printf("  nself_job.attempt %zu %zu uint32_t\n", offsetof(struct nself_job, attempt), sizeof(((struct nself_job *)0)->attempt));
  printf("  nself_job.max_attempts %zu %zu uint32_t\n", offsetof(struct nself_job, max_attempts), sizeof(((struct nself_job *)0)->max_attempts));
  printf("  nself_job.payload_json %zu %zu nself_bytes\n", offsetof(struct nself_job, payload_json), sizeof(((struct nself_job *)0)->payload_json));
  printf("  nself_job.trace %zu %zu nself_trace\n", offsetof(struct nself_job, trace), sizeof(((struct nself_job *)0)->trace));
  printf("struct nself_event %zu\n", sizeof(struct nself_event));
  printf("  nself_event.id %zu %zu nself_string\n", offsetof(struct nself_event, id), sizeof(((struct nself_event *)0)->id));
  printf("  nself_event.topic %zu %zu nself_string\n", offsetof(struct nself_event, topic), sizeof(((struct nself_event *)0)->topic));
  printf("  nself_event.source %zu %zu nself_string\n", offsetof(struct nself_event, source), sizeof(((struct nself_event *)0)->source));
  printf("  nself_event.unix_time %zu %zu uint64_t\n", offsetof(struct nself_event, unix_time), sizeof(((struct nself_event *)0)->unix_time));
  printf("  nself_event.attempt %zu %zu uint32_t\n", offsetof(struct nself_event, attempt), sizeof(((struct nself_event *)0)->attempt));
  printf("  nself_event.reserved %zu %zu uint32_t\n", offsetof(struct nself_event, reserved), sizeof(((struct nself_event *)0)->reserved));
  printf("  nself_event.data_json %zu %zu nself_bytes\n", offsetof(struct nself_event, data_json), sizeof(((struct nself_event *)0)->data_json));
  printf("  nself_event.trace %zu %zu nself_trace\n", offsetof(struct nself_event, trace), sizeof(((struct nself_event *)0)->trace));
  printf("struct nself_attachment %zu\n", sizeof(struct nself_attachment));
  printf("  nself_attachment.name %zu %zu nself_string\n", offsetof(struct nself_attachment, name), sizeof(((struct nself_attachment *)0)->name));
  printf("  nself_attachment.content_type %zu %zu nself_string\n", offsetof(struct nself_attachment, content_type), sizeof(((struct nself_attachment *)0)->content_type));
  printf("  nself_attachment.content %zu %zu nself_bytes\n", offsetof(struct nself_attachment, content), sizeof(((struct nself_attachment *)0)->content));
  printf("struct nself_mail %zu\n", sizeof(struct nself_mail));
  printf("  nself_mail.from %zu %zu nself_string\n", offsetof(struct nself_mail, from), sizeof(((struct nself_mail *)0)->from));
  printf("  nself_mail.to %zu %zu nself_strings\n", offsetof(struct nself_mail, to), sizeof(((struct nself_mail *)0)->to));
  printf("  nself_mail.cc %zu %zu nself_strings\n", offsetof(struct nself_mail, cc), sizeof(((struct nself_mail *)0)->cc));
  printf("  nself_mail.bcc %zu %zu nself_strings\n", offsetof(struct nself_mail, bcc), sizeof(((struct nself_mail *)0)->bcc));
  printf("  nself_mail.subject %zu %zu nself_string\n", offsetof(struct nself_mail, subject), sizeof(((struct nself_mail *)0)->subject));
  printf("  nself_mail.text %zu %zu nself_string\n", offsetof(struct nself_mail, text), sizeof(((struct nself_mail *)0)->text));
  printf("  nself_mail.html %zu %zu nself_string\n", offsetof(struct nself_mail, html), sizeof(((struct nself_mail *)0)->html));
  printf("  nself_mail.headers %zu %zu nself_fields\n", offsetof(struct nself_mail, headers), sizeof(((struct nself_mail *)0)->headers));
  printf("  nself_mail.attachments %zu %zu const nself_attachment *\n", offsetof(struct nself_mail, attachments), sizeof(((struct nself_mail *)0)->attachments));
  printf("  nself_mail.attachment_count %zu %zu size_t\n", offsetof(struct nself_mail, attachment_count), sizeof(((struct nself_mail *)0)->attachment_count));
  printf("struct nself_audit_entry %zu\n", sizeof(struct nself_audit_entry));
  printf("  nself_audit_entry.subject %zu %zu nself_string\n", offsetof(struct nself_audit_entry, subject), sizeof(((struct nself_audit_entry *)0)->subject));
  printf("  nself_audit_entry.action %zu %zu nself_string\n", offsetof(struct nself_audit_entry, action), sizeof(((struct nself_audit_entry *)0)->action));
  printf("  nself_audit_entry.target %zu %zu nself_string\n", offsetof(struct nself_audit_entry, target), sizeof(((struct nself_audit_entry *)0)->target));
  printf("  nself_audit_entry.instance %zu %zu nself_string\n", offsetof(struct nself_audit_entry, instance), sizeof(((struct nself_audit_entry *)0)->instance));
  printf("  nself_audit_entry.details_json %zu %zu nself_bytes\n", offsetof(struct nself_audit_entry, details_json), sizeof(((struct nself_audit_entry *)0)->details_json));
  printf("  nself_audit_entry.trace %zu %zu nself_trace\n", offsetof(struct nself_audit_entry, trace), sizeof(((struct nself_audit_entry *)0)->trace));
  printf("struct nself_object %zu\n", sizeof(struct nself_object));
  printf("  nself_object.bucket %zu %zu nself_string\n", offsetof(struct nself_object, bucket), sizeof(((struct nself_object *)0)->bucket));
  printf("  nself_object.key %zu %zu nself_string\n", offsetof(struct nself_object, key), sizeof(((struct nself_object *)0)->key));
  printf("  nself_object.content_type %zu %zu nself_string\n", offsetof(struct nself_object, content_type), sizeof(((struct nself_object *)0)->content_type));
  printf("  nself_object.etag %zu %zu nself_string\n", offsetof(struct nself_object, etag), sizeof(((struct nself_object *)0)->etag));
  printf("  nself_object.size %zu %zu uint64_t\n", offsetof(struct nself_object, size), sizeof(((struct nself_object *)0)->size));
  printf("  nself_object.modified_at %zu %zu uint64_t\n", offsetof(struct nself_object, modified_at), sizeof(((struct nself_object *)0)->modified_at));
  printf("  nself_object.metadata %zu %zu nself_fields\n", offsetof(struct nself_object, metadata), sizeof(((struct nself_object *)0)->metadata));
  printf("struct nself_object_range %zu\n", sizeof(struct nself_object_range));
  printf("  nself_object_range.offset %zu %zu uint64_t\n", offsetof(struct nself_object_range, offset), sizeof(((struct nself_object_range *)0)->offset));
  printf("  nself_object_range.length %zu %zu uint64_t\n", offsetof(struct nself_object_range, length), sizeof(((struct nself_object_range *)0)->length));
  printf("struct nself_object_page %zu\n", sizeof(struct nself_object_page));
  printf("  nself_object_page.objects %zu %zu const nself_object *\n", offsetof(struct nself_object_page, objects), sizeof(((struct nself_object_page *)0)->objects));
  printf("  nself_object_page.object_count %zu %zu size_t\n", offsetof(struct nself_object_page, object_count), sizeof(((struct nself_object_page *)0)->object_count));
  printf("  nself_object_page.prefixes %zu %zu nself_strings\n", offsetof(struct nself_object_page, prefixes), sizeof(((struct nself_object_page *)0)->prefixes));
  printf("  nself_object_page.next %zu %zu nself_string\n", offsetof(struct nself_object_page, next), sizeof(((struct nself_object_page *)0)->next));
  printf("struct nself_function %zu\n", sizeof(struct nself_function));
  printf("  nself_function.name %zu %zu nself_string\n", offsetof(struct nself_function, name), sizeof(((struct nself_function *)0)->name));
  printf("  nself_function.entry %zu %zu nself_string\n", offsetof(struct nself_function, entry), sizeof(((struct nself_function *)0)->entry));
  printf("  nself_function.path %zu %zu nself_string\n", offsetof(struct nself_function, path), sizeof(((struct nself_function *)0)->path));
  printf("  nself_function.digest %zu %zu nself_string\n", offsetof(struct nself_function, digest), sizeof(((struct nself_function *)0)->digest));
  printf("  nself_function.signature %zu %zu nself_string\n", offsetof(struct nself_function, signature), sizeof(((struct nself_function *)0)->signature));
  printf("  nself_function.environment %zu %zu nself_fields\n", offsetof(struct nself_function, environment), sizeof(((struct nself_function *)0)->environment));
  printf("  nself_function.memory_limit %zu %zu uint64_t\n", offsetof(struct nself_function, memory_limit), sizeof(((struct nself_function *)0)->memory_limit));
  printf("  nself_function.time_limit %zu %zu uint64_t\n", offsetof(struct nself_function, time_limit), sizeof(((struct nself_function *)0)->time_limit));
  printf("struct nself_host_core %zu\n", sizeof(struct nself_host_core));
  printf("  nself_host_core.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_core, struct_size), sizeof(((struct nself_host_core *)0)->struct_size));
  printf("  nself_host_core.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_core, reserved), sizeof(((struct nself_host_core *)0)->reserved));
  printf("  nself_host_core.cancel %zu %zu void (*)(const nself_host *, nself_operation)\n", offsetof(struct nself_host_core, cancel), sizeof(((struct nself_host_core *)0)->cancel));
  printf("  nself_host_core.loop_count %zu %zu uint32_t (*)(const nself_host *)\n", offsetof(struct nself_host_core, loop_count), sizeof(((struct nself_host_core *)0)->loop_count));
  printf("  nself_host_core.current_loop %zu %zu uint32_t (*)(const nself_host *)\n", offsetof(struct nself_host_core, current_loop), sizeof(((struct nself_host_core *)0)->current_loop));
  printf("  nself_host_core.loop_of %zu %zu uint32_t (*)(const nself_host *, nself_call)\n", offsetof(struct nself_host_core, loop_of), sizeof(((struct nself_host_core *)0)->loop_of));
  printf("  nself_host_core.run_on_loop %zu %zu void (*)(const nself_host *, uint32_t, void *, nself_task)\n", offsetof(struct nself_host_core, run_on_loop), sizeof(((struct nself_host_core *)0)->run_on_loop));
  printf("  nself_host_core.run_at_turn_end %zu %zu void (*)(const nself_host *, void *, nself_task)\n", offsetof(struct nself_host_core, run_at_turn_end), sizeof(((struct nself_host_core *)0)->run_at_turn_end));
  printf("  nself_host_core.run_blocking %zu %zu nself_status (*)(const nself_host *, void *, nself_task)\n", offsetof(struct nself_host_core, run_blocking), sizeof(((struct nself_host_core *)0)->run_blocking));
  printf("  nself_host_core.request_restart %zu %zu void (*)(const nself_host *, nself_string)\n", offsetof(struct nself_host_core, request_restart), sizeof(((struct nself_host_core *)0)->request_restart));
  printf("enum nself_poll_events %zu\n", sizeof(nself_poll_events));
  printf("  NSELF_POLL_READABLE %lld\n", (long long)NSELF_POLL_READABLE);
  printf("  NSELF_POLL_WRITABLE %lld\n", (long long)NSELF_POLL_WRITABLE);
  printf("  NSELF_POLL_HANGUP %lld\n", (long long)NSELF_POLL_HANGUP);
  printf("callback nself_poll_ready void (*)(void *, nself_poll, nself_poll_events)\n");
  printf("struct nself_host_poll %zu\n", sizeof(struct nself_host_poll));
  printf("  nself_host_poll.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_poll, struct_size), sizeof(((struct nself_host_poll *)0)->struct_size));
  printf("  nself_host_poll.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_poll, reserved), sizeof(((struct nself_host_poll *)0)->reserved));
  printf("  nself_host_poll.watch %zu %zu nself_poll (*)(const nself_host *, int32_t, nself_poll_events, void *, nself_poll_ready)\n", offsetof(struct nself_host_poll, watch), sizeof(((struct nself_host_poll *)0)->watch));
  printf("  nself_host_poll.change %zu %zu void (*)(const nself_host *, nself_poll, nself_poll_events)\n", offsetof(struct nself_host_poll, change), sizeof(((struct nself_host_poll *)0)->change));
  printf("  nself_host_poll.stop %zu %zu void (*)(const nself_host *, nself_poll)\n", offsetof(struct nself_host_poll, stop), sizeof(((struct nself_host_poll *)0)->stop));
  printf("struct nself_host_clock %zu\n", sizeof(struct nself_host_clock));
  printf("  nself_host_clock.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_clock, struct_size), sizeof(((struct nself_host_clock *)0)->struct_size));
  printf("  nself_host_clock.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_clock, reserved), sizeof(((struct nself_host_clock *)0)->reserved));
  printf("  nself_host_clock.monotonic %zu %zu uint64_t (*)(const nself_host *)\n", offsetof(struct nself_host_clock, monotonic), sizeof(((struct nself_host_clock *)0)->monotonic));
  printf("  nself_host_clock.unix_time %zu %zu uint64_t (*)(const nself_host *)\n", offsetof(struct nself_host_clock, unix_time), sizeof(((struct nself_host_clock *)0)->unix_time));
  printf("  nself_host_clock.schedule %zu %zu nself_timer (*)(const nself_host *, uint64_t, uint64_t, void *, nself_task)\n", offsetof(struct nself_host_clock, schedule), sizeof(((struct nself_host_clock *)0)->schedule));
  printf("  nself_host_clock.cancel %zu %zu void (*)(const nself_host *, nself_timer, nself_task)\n", offsetof(struct nself_host_clock, cancel), sizeof(((struct nself_host_clock *)0)->cancel));
  printf("struct nself_process_file %zu\n", sizeof(struct nself_process_file));
  printf("  nself_process_file.child %zu %zu int32_t\n", offsetof(struct nself_process_file, child), sizeof(((struct nself_process_file *)0)->child));
  printf("  nself_process_file.parent %zu %zu int32_t\n", offsetof(struct nself_process_file, parent), sizeof(((struct nself_process_file *)0)->parent));
  printf("struct nself_process_spec %zu\n", sizeof(struct nself_process_spec));
  printf("  nself_process_spec.arguments %zu %zu nself_strings\n", offsetof(struct nself_process_spec, arguments), sizeof(((struct nself_process_spec *)0)->arguments));
  printf("  nself_process_spec.environment %zu %zu nself_fields\n", offsetof(struct nself_process_spec, environment), sizeof(((struct nself_process_spec *)0)->environment));
  printf("  nself_process_spec.directory %zu %zu nself_string\n", offsetof(struct nself_process_spec, directory), sizeof(((struct nself_process_spec *)0)->directory));
  printf("  nself_process_spec.files %zu %zu const nself_process_file *\n", offsetof(struct nself_process_spec, files), sizeof(((struct nself_process_spec *)0)->files));
  printf("  nself_process_spec.file_count %zu %zu size_t\n", offsetof(struct nself_process_spec, file_count), sizeof(((struct nself_process_spec *)0)->file_count));
  printf("  nself_process_spec.memory_limit %zu %zu uint64_t\n", offsetof(struct nself_process_spec, memory_limit), sizeof(((struct nself_process_spec *)0)->memory_limit));
  printf("  nself_process_spec.stop_timeout %zu %zu uint64_t\n", offsetof(struct nself_process_spec, stop_timeout), sizeof(((struct nself_process_spec *)0)->stop_timeout));
  printf("callback nself_process_exited void (*)(void *, nself_process, int32_t)\n");
  printf("struct nself_host_process %zu\n", sizeof(struct nself_host_process));
  printf("  nself_host_process.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_process, struct_size), sizeof(((struct nself_host_process *)0)->struct_size));
  printf("  nself_host_process.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_process, reserved), sizeof(((struct nself_host_process *)0)->reserved));
  printf("  nself_host_process.spawn %zu %zu nself_process (*)(const nself_host *, const nself_process_spec *, void *, nself_process_exited, nself_error *)\n", offsetof(struct nself_host_process, spawn), sizeof(((struct nself_host_process *)0)->spawn));
  printf("  nself_host_process.signal %zu %zu void (*)(const nself_host *, nself_process, int32_t)\n", offsetof(struct nself_host_process, signal), sizeof(((struct nself_host_process *)0)->signal));
  printf("enum nself_log_level %zu\n", sizeof(nself_log_level));
  printf("  NSELF_LOG_TRACE %lld\n", (long long)NSELF_LOG_TRACE);
  printf("  NSELF_LOG_DEBUG %lld\n", (long long)NSELF_LOG_DEBUG);
  printf("  NSELF_LOG_INFO %lld\n", (long long)NSELF_LOG_INFO);
  printf("  NSELF_LOG_NOTICE %lld\n", (long long)NSELF_LOG_NOTICE);
  printf("  NSELF_LOG_WARNING %lld\n", (long long)NSELF_LOG_WARNING);
  printf("  NSELF_LOG_ERROR %lld\n", (long long)NSELF_LOG_ERROR);
  printf("  NSELF_LOG_CRITICAL %lld\n", (long long)NSELF_LOG_CRITICAL);
  printf("struct nself_host_log %zu\n", sizeof(struct nself_host_log));
  printf("  nself_host_log.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_log, struct_size), sizeof(((struct nself_host_log *)0)->struct_size));
  printf("  nself_host_log.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_log, reserved), sizeof(((struct nself_host_log *)0)->reserved));
  printf("  nself_host_log.level %zu %zu nself_log_level (*)(const nself_host *)\n", offsetof(struct nself_host_log, level), sizeof(((struct nself_host_log *)0)->level));
  printf("  nself_host_log.write %zu %zu void (*)(const nself_host *, nself_call, nself_log_level, nself_string, nself_fields)\n", offsetof(struct nself_host_log, write), sizeof(((struct nself_host_log *)0)->write));
  printf("enum nself_metric_kind %zu\n", sizeof(nself_metric_kind));
  printf("  NSELF_METRIC_COUNTER %lld\n", (long long)NSELF_METRIC_COUNTER);
  printf("  NSELF_METRIC_GAUGE %lld\n", (long long)NSELF_METRIC_GAUGE);
  printf("  NSELF_METRIC_HISTOGRAM %lld\n", (long long)NSELF_METRIC_HISTOGRAM);
  printf("struct nself_metric_spec %zu\n", sizeof(struct nself_metric_spec));
  printf("  nself_metric_spec.kind %zu %zu nself_metric_kind\n", offsetof(struct nself_metric_spec, kind), sizeof(((struct nself_metric_spec *)0)->kind));
  printf("  nself_metric_spec.reserved %zu %zu uint32_t\n", offsetof(struct nself_metric_spec, reserved), sizeof(((struct nself_metric_spec *)0)->reserved));
  printf("  nself_metric_spec.name %zu %zu nself_string\n", offsetof(struct nself_metric_spec, name), sizeof(((struct nself_metric_spec *)0)->name));
  printf("  nself_metric_spec.help %zu %zu nself_string\n", offsetof(struct nself_metric_spec, help), sizeof(((struct nself_metric_spec *)0)->help));
  printf("  nself_metric_spec.unit %zu %zu nself_string\n", offsetof(struct nself_metric_spec, unit), sizeof(((struct nself_metric_spec *)0)->unit));
  printf("  nself_metric_spec.bucket_bounds %zu %zu const double *\n", offsetof(struct nself_metric_spec, bucket_bounds), sizeof(((struct nself_metric_spec *)0)->bucket_bounds));
  printf("  nself_metric_spec.bucket_count %zu %zu size_t\n", offsetof(struct nself_metric_spec, bucket_count), sizeof(((struct nself_metric_spec *)0)->bucket_count));
  printf("struct nself_host_metrics %zu\n", sizeof(struct nself_host_metrics));
  printf("  nself_host_metrics.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_metrics, struct_size), sizeof(((struct nself_host_metrics *)0)->struct_size));
  printf("  nself_host_metrics.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_metrics, reserved), sizeof(((struct nself_host_metrics *)0)->reserved));
  printf("  nself_host_metrics.define %zu %zu nself_status (*)(const nself_host *, const nself_metric_spec *, nself_fields, nself_metric *)\n", offsetof(struct nself_host_metrics, define), sizeof(((struct nself_host_metrics *)0)->define));
  printf("  nself_host_metrics.record %zu %zu void (*)(const nself_host *, nself_metric, double)\n", offsetof(struct nself_host_metrics, record), sizeof(((struct nself_host_metrics *)0)->record));
  printf("  nself_host_metrics.set %zu %zu void (*)(const nself_host *, nself_metric, double)\n", offsetof(struct nself_host_metrics, set), sizeof(((struct nself_host_metrics *)0)->set));
  printf("struct nself_metric_point %zu\n", sizeof(struct nself_metric_point));
  printf("  nself_metric_point.name %zu %zu nself_string\n", offsetof(struct nself_metric_point, name), sizeof(((struct nself_metric_point *)0)->name));
  printf("  nself_metric_point.help %zu %zu nself_string\n", offsetof(struct nself_metric_point, help), sizeof(((struct nself_metric_point *)0)->help));
  printf("  nself_metric_point.unit %zu %zu nself_string\n", offsetof(struct nself_metric_point, unit), sizeof(((struct nself_metric_point *)0)->unit));
  printf("  nself_metric_point.labels %zu %zu nself_fields\n", offsetof(struct nself_metric_point, labels), sizeof(((struct nself_metric_point *)0)->labels));
  printf("  nself_metric_point.kind %zu %zu nself_metric_kind\n", offsetof(struct nself_metric_point, kind), sizeof(((struct nself_metric_point *)0)->kind));
  printf("  nself_metric_point.reserved %zu %zu uint32_t\n", offsetof(struct nself_metric_point, reserved), sizeof(((struct nself_metric_point *)0)->reserved));
  printf("  nself_metric_point.value %zu %zu double\n", offsetof(struct nself_metric_point, value), sizeof(((struct nself_metric_point *)0)->value));
  printf("  nself_metric_point.count %zu %zu uint64_t\n", offsetof(struct nself_metric_point, count), sizeof(((struct nself_metric_point *)0)->count));
  printf("  nself_metric_point.bucket_bounds %zu %zu const double *\n", offsetof(struct nself_metric_point, bucket_bounds), sizeof(((struct nself_metric_point *)0)->bucket_bounds));
  printf("  nself_metric_point.bucket_counts %zu %zu const uint64_t *\n", offsetof(struct nself_metric_point, bucket_counts), sizeof(((struct nself_metric_point *)0)->bucket_counts));
  printf("  nself_metric_point.bucket_count %zu %zu size_t\n", offsetof(struct nself_metric_point, bucket_count), sizeof(((struct nself_metric_point *)0)->bucket_count));
  printf("struct nself_log_record %zu\n", sizeof(struct nself_log_record));
  printf("  nself_log_record.unix_time %zu %zu uint64_t\n", offsetof(struct nself_log_record, unix_time), sizeof(((struct nself_log_record *)0)->unix_time));
  printf("  nself_log_record.level %zu %zu nself_log_level\n", offsetof(struct nself_log_record, level), sizeof(((struct nself_log_record *)0)->level));
  printf("  nself_log_record.reserved %zu %zu uint32_t\n", offsetof(struct nself_log_record, reserved), sizeof(((struct nself_log_record *)0)->reserved));
  printf("  nself_log_record.instance %zu %zu nself_string\n", offsetof(struct nself_log_record, instance), sizeof(((struct nself_log_record *)0)->instance));
  printf("  nself_log_record.message %zu %zu nself_string\n", offsetof(struct nself_log_record, message), sizeof(((struct nself_log_record *)0)->message));
  printf("  nself_log_record.fields %zu %zu nself_fields\n", offsetof(struct nself_log_record, fields), sizeof(((struct nself_log_record *)0)->fields));
  printf("  nself_log_record.trace %zu %zu nself_trace\n", offsetof(struct nself_log_record, trace), sizeof(((struct nself_log_record *)0)->trace));
  printf("struct nself_span %zu\n", sizeof(struct nself_span));
  printf("  nself_span.trace %zu %zu nself_trace\n", offsetof(struct nself_span, trace), sizeof(((struct nself_span *)0)->trace));
  printf("  nself_span.parent_span_id %zu %zu uint8_t[8]\n", offsetof(struct nself_span, parent_span_id), sizeof(((struct nself_span *)0)->parent_span_id));
  printf("  nself_span.instance %zu %zu nself_string\n", offsetof(struct nself_span, instance), sizeof(((struct nself_span *)0)->instance));
  printf("  nself_span.name %zu %zu nself_string\n", offsetof(struct nself_span, name), sizeof(((struct nself_span *)0)->name));
  printf("  nself_span.start_unix_time %zu %zu uint64_t\n", offsetof(struct nself_span, start_unix_time), sizeof(((struct nself_span *)0)->start_unix_time));
  printf("  nself_span.end_unix_time %zu %zu uint64_t\n", offsetof(struct nself_span, end_unix_time), sizeof(((struct nself_span *)0)->end_unix_time));
  printf("  nself_span.status %zu %zu nself_status\n", offsetof(struct nself_span, status), sizeof(((struct nself_span *)0)->status));
  printf("  nself_span.reserved %zu %zu uint32_t\n", offsetof(struct nself_span, reserved), sizeof(((struct nself_span *)0)->reserved));
  printf("  nself_span.attributes %zu %zu nself_fields\n", offsetof(struct nself_span, attributes), sizeof(((struct nself_span *)0)->attributes));
  printf("callback nself_points_done void (*)(void *, nself_status, nself_string, const nself_metric_point *, size_t)\n");
  printf("struct nself_host_telemetry %zu\n", sizeof(struct nself_host_telemetry));
  printf("  nself_host_telemetry.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_telemetry, struct_size), sizeof(((struct nself_host_telemetry *)0)->struct_size));
  printf("  nself_host_telemetry.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_telemetry, reserved), sizeof(((struct nself_host_telemetry *)0)->reserved));
  printf("  nself_host_telemetry.collect %zu %zu nself_operation (*)(const nself_host *, void *, nself_points_done)\n", offsetof(struct nself_host_telemetry, collect), sizeof(((struct nself_host_telemetry *)0)->collect));
  printf("struct nself_host_config %zu\n", sizeof(struct nself_host_config));
  printf("  nself_host_config.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_config, struct_size), sizeof(((struct nself_host_config *)0)->struct_size));
  printf("  nself_host_config.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_config, reserved), sizeof(((struct nself_host_config *)0)->reserved));
  printf("  nself_host_config.current %zu %zu nself_bytes (*)(const nself_host *)\n", offsetof(struct nself_host_config, current), sizeof(((struct nself_host_config *)0)->current));
  printf("  nself_host_config.data_directory %zu %zu nself_string (*)(const nself_host *)\n", offsetof(struct nself_host_config, data_directory), sizeof(((struct nself_host_config *)0)->data_directory));
  printf("struct nself_host_secrets %zu\n", sizeof(struct nself_host_secrets));
  printf("  nself_host_secrets.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_secrets, struct_size), sizeof(((struct nself_host_secrets *)0)->struct_size));
  printf("  nself_host_secrets.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_secrets, reserved), sizeof(((struct nself_host_secrets *)0)->reserved));
  printf("  nself_host_secrets.read %zu %zu nself_operation (*)(const nself_host *, nself_string, void *, nself_operation_buffer_done)\n", offsetof(struct nself_host_secrets, read), sizeof(((struct nself_host_secrets *)0)->read));
  printf("struct nself_host_certificates %zu\n", sizeof(struct nself_host_certificates));
  printf("  nself_host_certificates.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_certificates, struct_size), sizeof(((struct nself_host_certificates *)0)->struct_size));
  printf("  nself_host_certificates.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_certificates, reserved), sizeof(((struct nself_host_certificates *)0)->reserved));
  printf("  nself_host_certificates.put %zu %zu nself_status (*)(const nself_host *, nself_strings, nself_string, nself_string, nself_error *)\n", offsetof(struct nself_host_certificates, put), sizeof(((struct nself_host_certificates *)0)->put));
  printf("struct nself_host_admin %zu\n", sizeof(struct nself_host_admin));
  printf("  nself_host_admin.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_admin, struct_size), sizeof(((struct nself_host_admin *)0)->struct_size));
  printf("  nself_host_admin.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_admin, reserved), sizeof(((struct nself_host_admin *)0)->reserved));
  printf("  nself_host_admin.run %zu %zu nself_operation (*)(const nself_host *, nself_string, nself_bytes, void *, nself_operation_buffer_done)\n", offsetof(struct nself_host_admin, run), sizeof(((struct nself_host_admin *)0)->run));
  printf("enum nself_route_flags %zu\n", sizeof(nself_route_flags));
  printf("  NSELF_ROUTE_ANONYMOUS %lld\n", (long long)NSELF_ROUTE_ANONYMOUS);
  printf("  NSELF_ROUTE_WEBSOCKET %lld\n", (long long)NSELF_ROUTE_WEBSOCKET);
  printf("  NSELF_ROUTE_INTERNAL %lld\n", (long long)NSELF_ROUTE_INTERNAL);
  printf("  NSELF_ROUTE_STREAM %lld\n", (long long)NSELF_ROUTE_STREAM);
  printf("struct nself_route %zu\n", sizeof(struct nself_route));
  printf("  nself_route.method %zu %zu nself_string\n", offsetof(struct nself_route, method), sizeof(((struct nself_route *)0)->method));
  printf("  nself_route.pattern %zu %zu nself_string\n", offsetof(struct nself_route, pattern), sizeof(((struct nself_route *)0)->pattern));
  printf("  nself_route.number %zu %zu uint64_t\n", offsetof(struct nself_route, number), sizeof(((struct nself_route *)0)->number));
  printf("  nself_route.body_max %zu %zu uint64_t\n", offsetof(struct nself_route, body_max), sizeof(((struct nself_route *)0)->body_max));
  printf("  nself_route.timeout %zu %zu uint64_t\n", offsetof(struct nself_route, timeout), sizeof(((struct nself_route *)0)->timeout));
  printf("  nself_route.rate_policy %zu %zu nself_string\n", offsetof(struct nself_route, rate_policy), sizeof(((struct nself_route *)0)->rate_policy));
  printf("  nself_route.flags %zu %zu nself_route_flags\n", offsetof(struct nself_route, flags), sizeof(((struct nself_route *)0)->flags));
  printf("  nself_route.reserved %zu %zu uint32_t\n", offsetof(struct nself_route, reserved), sizeof(((struct nself_route *)0)->reserved));
  printf("struct nself_host_routes %zu\n", sizeof(struct nself_host_routes));
  printf("  nself_host_routes.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_routes, struct_size), sizeof(((struct nself_host_routes *)0)->struct_size));
  printf("  nself_host_routes.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_routes, reserved), sizeof(((struct nself_host_routes *)0)->reserved));
  printf("  nself_host_routes.add %zu %zu nself_status (*)(const nself_host *, const nself_route *, nself_error *)\n", offsetof(struct nself_host_routes, add), sizeof(((struct nself_host_routes *)0)->add));
  printf("struct nself_http_client_request %zu\n", sizeof(struct nself_http_client_request));
  printf("  nself_http_client_request.timeout %zu %zu uint64_t\n", offsetof(struct nself_http_client_request, timeout), sizeof(((struct nself_http_client_request *)0)->timeout));
  printf("  nself_http_client_request.method %zu %zu nself_string\n", offsetof(struct nself_http_client_request, method), sizeof(((struct nself_http_client_request *)0)->method));
  printf("  nself_http_client_request.url %zu %zu nself_string\n", offsetof(struct nself_http_client_request, url), sizeof(((struct nself_http_client_request *)0)->url));
  printf("  nself_http_client_request.headers %zu %zu nself_fields\n", offsetof(struct nself_http_client_request, headers), sizeof(((struct nself_http_client_request *)0)->headers));
  printf("  nself_http_client_request.body %zu %zu nself_body\n", offsetof(struct nself_http_client_request, body), sizeof(((struct nself_http_client_request *)0)->body));
  printf("callback nself_http_client_done void (*)(void *, nself_status, nself_string, nself_http_response *)\n");
  printf("struct nself_host_http_client %zu\n", sizeof(struct nself_host_http_client));
  printf("  nself_host_http_client.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_http_client, struct_size), sizeof(((struct nself_host_http_client *)0)->struct_size));
  printf("  nself_host_http_client.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_http_client, reserved), sizeof(((struct nself_host_http_client *)0)->reserved));
  printf("  nself_host_http_client.send %zu %zu nself_operation (*)(const nself_host *, nself_http_client_request *, void *, nself_http_client_done)\n", offsetof(struct nself_host_http_client, send), sizeof(((struct nself_host_http_client *)0)->send));
  printf("enum nself_message_kind %zu\n", sizeof(nself_message_kind));
  printf("  NSELF_MESSAGE_BINARY %lld\n", (long long)NSELF_MESSAGE_BINARY);
  printf("  NSELF_MESSAGE_TEXT %lld\n", (long long)NSELF_MESSAGE_TEXT);
  printf("  NSELF_MESSAGE_CLOSE %lld\n", (long long)NSELF_MESSAGE_CLOSE);
  printf("callback nself_message_done void (*)(void *, nself_status, nself_message_kind, nself_buffer *)\n");
  printf("struct nself_host_websockets %zu\n", sizeof(struct nself_host_websockets));
  printf("  nself_host_websockets.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_websockets, struct_size), sizeof(((struct nself_host_websockets *)0)->struct_size));
  printf("  nself_host_websockets.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_websockets, reserved), sizeof(((struct nself_host_websockets *)0)->reserved));
  printf("  nself_host_websockets.receive %zu %zu void (*)(const nself_host *, nself_websocket, void *, nself_message_done)\n", offsetof(struct nself_host_websockets, receive), sizeof(((struct nself_host_websockets *)0)->receive));
  printf("  nself_host_websockets.send %zu %zu void (*)(const nself_host *, nself_websocket, nself_message_kind, nself_buffer *, size_t, void *, nself_operation_done)\n", offsetof(struct nself_host_websockets, send), sizeof(((struct nself_host_websockets *)0)->send));
  printf("  nself_host_websockets.close %zu %zu void (*)(const nself_host *, nself_websocket, uint32_t, nself_string)\n", offsetof(struct nself_host_websockets, close), sizeof(((struct nself_host_websockets *)0)->close));
  printf("struct nself_host_capabilities %zu\n", sizeof(struct nself_host_capabilities));
  printf("  nself_host_capabilities.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_capabilities, struct_size), sizeof(((struct nself_host_capabilities *)0)->struct_size));
  printf("  nself_host_capabilities.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_capabilities, reserved), sizeof(((struct nself_host_capabilities *)0)->reserved));
  printf("  nself_host_capabilities.invoke %zu %zu nself_operation (*)(const nself_host *, nself_string, nself_string, nself_bytes, void *, nself_operation_buffer_done)\n", offsetof(struct nself_host_capabilities, invoke), sizeof(((struct nself_host_capabilities *)0)->invoke));
  printf("callback nself_db_done void (*)(void *, nself_status, nself_string, nself_db_result *, uint32_t, const nself_db_error *)\n");
  printf("callback nself_db_session_done void (*)(void *, nself_status, nself_string, nself_db_session)\n");
  printf("struct nself_host_database %zu\n", sizeof(struct nself_host_database));
  printf("  nself_host_database.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_database, struct_size), sizeof(((struct nself_host_database *)0)->struct_size));
  printf("  nself_host_database.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_database, reserved), sizeof(((struct nself_host_database *)0)->reserved));
  printf("  nself_host_database.execute %zu %zu nself_operation (*)(const nself_host *, const nself_db_request *, void *, nself_db_done)\n", offsetof(struct nself_host_database, execute), sizeof(((struct nself_host_database *)0)->execute));
  printf("  nself_host_database.open_session %zu %zu nself_operation (*)(const nself_host *, nself_string, nself_db_request_flags, void *, nself_db_session_done)\n", offsetof(struct nself_host_database, open_session), sizeof(((struct nself_host_database *)0)->open_session));
  printf("  nself_host_database.close_session %zu %zu void (*)(const nself_host *, nself_db_session)\n", offsetof(struct nself_host_database, close_session), sizeof(((struct nself_host_database *)0)->close_session));
  printf("  nself_host_database.listen %zu %zu nself_subscription (*)(const nself_host *, nself_string, nself_string, void *, nself_noticed)\n", offsetof(struct nself_host_database, listen), sizeof(((struct nself_host_database *)0)->listen));
  printf("  nself_host_database.unlisten %zu %zu void (*)(const nself_host *, nself_subscription)\n", offsetof(struct nself_host_database, unlisten), sizeof(((struct nself_host_database *)0)->unlisten));
  printf("struct nself_host_kv %zu\n", sizeof(struct nself_host_kv));
  printf("  nself_host_kv.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_kv, struct_size), sizeof(((struct nself_host_kv *)0)->struct_size));
  printf("  nself_host_kv.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_kv, reserved), sizeof(((struct nself_host_kv *)0)->reserved));
  printf("  nself_host_kv.get %zu %zu nself_operation (*)(const nself_host *, nself_string, void *, nself_operation_buffer_done)\n", offsetof(struct nself_host_kv, get), sizeof(((struct nself_host_kv *)0)->get));
  printf("  nself_host_kv.set %zu %zu nself_operation (*)(const nself_host *, nself_string, nself_bytes, uint64_t, void *, nself_operation_done)\n", offsetof(struct nself_host_kv, set), sizeof(((struct nself_host_kv *)0)->set));
  printf("  nself_host_kv.compare_and_set %zu %zu nself_operation (*)(const nself_host *, nself_string, nself_bytes, nself_bytes, uint64_t, void *, nself_operation_done)\n", offsetof(struct nself_host_kv, compare_and_set), sizeof(((struct nself_host_kv *)0)->compare_and_set));
  printf("  nself_host_kv.add %zu %zu nself_operation (*)(const nself_host *, nself_string, int64_t, uint64_t, void *, nself_operation_number_done)\n", offsetof(struct nself_host_kv, add), sizeof(((struct nself_host_kv *)0)->add));
  printf("  nself_host_kv.remove %zu %zu nself_operation (*)(const nself_host *, nself_string, void *, nself_operation_done)\n", offsetof(struct nself_host_kv, remove), sizeof(((struct nself_host_kv *)0)->remove));
  printf("struct nself_host_queue %zu\n", sizeof(struct nself_host_queue));
  printf("  nself_host_queue.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_queue, struct_size), sizeof(((struct nself_host_queue *)0)->struct_size));
  printf("  nself_host_queue.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_queue, reserved), sizeof(((struct nself_host_queue *)0)->reserved));
  printf("  nself_host_queue.enqueue %zu %zu nself_operation (*)(const nself_host *, const nself_job *, void *, nself_operation_done)\n", offsetof(struct nself_host_queue, enqueue), sizeof(((struct nself_host_queue *)0)->enqueue));
  printf("  nself_host_queue.remove %zu %zu nself_operation (*)(const nself_host *, nself_string, nself_string, void *, nself_operation_done)\n", offsetof(struct nself_host_queue, remove), sizeof(((struct nself_host_queue *)0)->remove));
  printf("  nself_host_queue.handle %zu %zu nself_status (*)(const nself_host *, nself_string, uint32_t, nself_error *)\n", offsetof(struct nself_host_queue, handle), sizeof(((struct nself_host_queue *)0)->handle));
  printf("struct nself_host_events %zu\n", sizeof(struct nself_host_events));
  printf("  nself_host_events.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_events, struct_size), sizeof(((struct nself_host_events *)0)->struct_size));
  printf("  nself_host_events.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_events, reserved), sizeof(((struct nself_host_events *)0)->reserved));
  printf("  nself_host_events.emit %zu %zu void (*)(const nself_host *, nself_string, nself_buffer *)\n", offsetof(struct nself_host_events, emit), sizeof(((struct nself_host_events *)0)->emit));
  printf("  nself_host_events.listen %zu %zu nself_subscription (*)(const nself_host *, nself_string, void *, nself_noticed)\n", offsetof(struct nself_host_events, listen), sizeof(((struct nself_host_events *)0)->listen));
  printf("  nself_host_events.unlisten %zu %zu void (*)(const nself_host *, nself_subscription)\n", offsetof(struct nself_host_events, unlisten), sizeof(((struct nself_host_events *)0)->unlisten));
  printf("  nself_host_events.publish %zu %zu nself_operation (*)(const nself_host *, nself_string, nself_bytes, void *, nself_operation_done)\n", offsetof(struct nself_host_events, publish), sizeof(((struct nself_host_events *)0)->publish));
  printf("  nself_host_events.subscribe %zu %zu nself_status (*)(const nself_host *, nself_string, nself_string, nself_error *)\n", offsetof(struct nself_host_events, subscribe), sizeof(((struct nself_host_events *)0)->subscribe));
  printf("struct nself_host_delivery %zu\n", sizeof(struct nself_host_delivery));
  printf("  nself_host_delivery.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_delivery, struct_size), sizeof(((struct nself_host_delivery *)0)->struct_size));
  printf("  nself_host_delivery.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_delivery, reserved), sizeof(((struct nself_host_delivery *)0)->reserved));
  printf("  nself_host_delivery.job %zu %zu nself_operation (*)(const nself_host *, nself_string, const nself_job *, void *, nself_operation_done)\n", offsetof(struct nself_host_delivery, job), sizeof(((struct nself_host_delivery *)0)->job));
  printf("  nself_host_delivery.event %zu %zu nself_operation (*)(const nself_host *, nself_string, const nself_event *, void *, nself_operation_done)\n", offsetof(struct nself_host_delivery, event), sizeof(((struct nself_host_delivery *)0)->event));
  printf("struct nself_host_mail %zu\n", sizeof(struct nself_host_mail));
  printf("  nself_host_mail.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_mail, struct_size), sizeof(((struct nself_host_mail *)0)->struct_size));
  printf("  nself_host_mail.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_mail, reserved), sizeof(((struct nself_host_mail *)0)->reserved));
  printf("  nself_host_mail.send %zu %zu nself_operation (*)(const nself_host *, const nself_mail *, void *, nself_operation_done)\n", offsetof(struct nself_host_mail, send), sizeof(((struct nself_host_mail *)0)->send));
  printf("struct nself_host_audit %zu\n", sizeof(struct nself_host_audit));
  printf("  nself_host_audit.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_audit, struct_size), sizeof(((struct nself_host_audit *)0)->struct_size));
  printf("  nself_host_audit.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_audit, reserved), sizeof(((struct nself_host_audit *)0)->reserved));
  printf("  nself_host_audit.append %zu %zu nself_operation (*)(const nself_host *, const nself_audit_entry *, void *, nself_operation_done)\n", offsetof(struct nself_host_audit, append), sizeof(((struct nself_host_audit *)0)->append));
  printf("callback nself_object_done void (*)(void *, nself_status, nself_string, const nself_object *, nself_body *)\n");
  printf("callback nself_object_page_done void (*)(void *, nself_status, nself_string, const nself_object_page *)\n");
  printf("struct nself_host_objects %zu\n", sizeof(struct nself_host_objects));
  printf("  nself_host_objects.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_objects, struct_size), sizeof(((struct nself_host_objects *)0)->struct_size));
  printf("  nself_host_objects.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_objects, reserved), sizeof(((struct nself_host_objects *)0)->reserved));
  printf("  nself_host_objects.put %zu %zu nself_operation (*)(const nself_host *, nself_string, const nself_object *, nself_body *, void *, nself_object_done)\n", offsetof(struct nself_host_objects, put), sizeof(((struct nself_host_objects *)0)->put));
  printf("  nself_host_objects.get %zu %zu nself_operation (*)(const nself_host *, nself_string, nself_string, nself_string, nself_object_range, void *, nself_object_done)\n", offsetof(struct nself_host_objects, get), sizeof(((struct nself_host_objects *)0)->get));
  printf("  nself_host_objects.stat %zu %zu nself_operation (*)(const nself_host *, nself_string, nself_string, nself_string, void *, nself_object_done)\n", offsetof(struct nself_host_objects, stat), sizeof(((struct nself_host_objects *)0)->stat));
  printf("  nself_host_objects.remove %zu %zu nself_operation (*)(const nself_host *, nself_string, nself_string, nself_string, void *, nself_operation_done)\n", offsetof(struct nself_host_objects, remove), sizeof(((struct nself_host_objects *)0)->remove));
  printf("  nself_host_objects.list %zu %zu nself_operation (*)(const nself_host *, nself_string, nself_string, nself_string, nself_string, nself_string, uint32_t, void *, nself_object_page_done)\n", offsetof(struct nself_host_objects, list), sizeof(((struct nself_host_objects *)0)->list));
  printf("struct nself_host_functions %zu\n", sizeof(struct nself_host_functions));
  printf("  nself_host_functions.struct_size %zu %zu uint32_t\n", offsetof(struct nself_host_functions, struct_size), sizeof(((struct nself_host_functions *)0)->struct_size));
  printf("  nself_host_functions.reserved %zu %zu uint32_t\n", offsetof(struct nself_host_functions, reserved), sizeof(((struct nself_host_functions *)0)->reserved));
  printf("  nself_host_functions.load %zu %zu nself_operation (*)(const nself_host *, nself_string, const nself_function *, void *, nself_operation_done)\n", offsetof(struct nself_host_functions, load), sizeof(((struct nself_host_functions *)0)->load));
  printf("  nself_host_functions.unload %zu %zu nself_operation (*)(const nself_host *, nself_string, nself_string, void *, nself_operation_done)\n", offsetof(struct nself_host_functions, unload), sizeof(((struct nself_host_functions *)0)->unload));
  printf("  nself_host_functions.invoke %zu %zu nself_operation (*)(const nself_host *, nself_string, nself_string, const nself_http_request *, nself_body *, void *, nself_http_client_done)\n", offsetof(struct nself_host_functions, invoke), sizeof(((struct nself_host_functions *)0)->invoke));
  printf("struct nself_http_handler %zu\n", sizeof(struct nself_http_handler));
  printf("  nself_http_handler.struct_size %zu %zu uint32_t\n", offsetof(struct nself_http_handler, struct_size), sizeof(((struct nself_http_handler *)0)->struct_size));
  printf("  nself_http_handler.reserved %zu %zu uint32_t\n", offsetof(struct nself_http_handler, reserved), sizeof(((struct nself_http_handler *)0)->reserved));
  printf("  nself_http_handler.handle %zu %zu void (*)(void *, const nself_http_request *, nself_body *, nself_call, nself_http_done)\n", offsetof(struct nself_http_handler, handle), sizeof(((struct nself_http_handler *)0)->handle));
  printf("enum nself_http_verdict %zu\n", sizeof(nself_http_verdict));
  printf("  NSELF_HTTP_CONTINUE %lld\n", (long long)NSELF_HTTP_CONTINUE);
  printf("  NSELF_HTTP_RESPOND %lld\n", (long long)NSELF_HTTP_RESPOND);
  printf("callback nself_http_verdict_done void (*)(nself_call, nself_status, nself_string, nself_http_verdict, nself_fields, nself_http_response *)\n");
  printf("struct nself_http_middleware %zu\n", sizeof(struct nself_http_middleware));
  printf("  nself_http_middleware.struct_size %zu %zu uint32_t\n", offsetof(struct nself_http_middleware, struct_size), sizeof(((struct nself_http_middleware *)0)->struct_size));
  printf("  nself_http_middleware.reserved %zu %zu uint32_t\n", offsetof(struct nself_http_middleware, reserved), sizeof(((struct nself_http_middleware *)0)->reserved));
  printf("  nself_http_middleware.on_request %zu %zu void (*)(void *, const nself_http_request *, nself_call, nself_http_verdict_done)\n", offsetof(struct nself_http_middleware, on_request), sizeof(((struct nself_http_middleware *)0)->on_request));
  printf("  nself_http_middleware.on_response %zu %zu void (*)(void *, const nself_http_request *, const nself_http_response *, nself_call, nself_http_verdict_done)\n", offsetof(struct nself_http_middleware, on_response), sizeof(((struct nself_http_middleware *)0)->on_response));
  printf("callback nself_websocket_done void (*)(nself_call, nself_status, nself_string, nself_string)\n");
  printf("struct nself_websocket_handler %zu\n", sizeof(struct nself_websocket_handler));
  printf("  nself_websocket_handler.struct_size %zu %zu uint32_t\n", offsetof(struct nself_websocket_handler, struct_size), sizeof(((struct nself_websocket_handler *)0)->struct_size));
  printf("  nself_websocket_handler.reserved %zu %zu uint32_t\n", offsetof(struct nself_websocket_handler, reserved), sizeof(((struct nself_websocket_handler *)0)->reserved));
  printf("  nself_websocket_handler.handle %zu %zu void (*)(void *, const nself_http_request *, nself_websocket, nself_call, nself_websocket_done)\n", offsetof(struct nself_websocket_handler, handle), sizeof(((struct nself_websocket_handler *)0)->handle));
  printf("callback nself_auth_done void (*)(nself_call, nself_status, nself_string, nself_principal *)\n");
  printf("struct nself_auth_provider %zu\n", sizeof(struct nself_auth_provider));
  printf("  nself_auth_provider.struct_size %zu %zu uint32_t\n", offsetof(struct nself_auth_provider, struct_size), sizeof(((struct nself_auth_provider *)0)->struct_size));
  printf("  nself_auth_provider.reserved %zu %zu uint32_t\n", offsetof(struct nself_auth_provider, reserved), sizeof(((struct nself_auth_provider *)0)->reserved));
  printf("  nself_auth_provider.authenticate %zu %zu void (*)(void *, const nself_http_request *, nself_call, nself_auth_done)\n", offsetof(struct nself_auth_provider, authenticate), sizeof(((struct nself_auth_provider *)0)->authenticate));
  printf("struct nself_rate_decision %zu\n", sizeof(struct nself_rate_decision));
  printf("  nself_rate_decision.allowed %zu %zu uint32_t\n", offsetof(struct nself_rate_decision, allowed), sizeof(((struct nself_rate_decision *)0)->allowed));
  printf("  nself_rate_decision.reserved %zu %zu uint32_t\n", offsetof(struct nself_rate_decision, reserved), sizeof(((struct nself_rate_decision *)0)->reserved));
  printf("  nself_rate_decision.limit %zu %zu uint64_t\n", offsetof(struct nself_rate_decision, limit), sizeof(((struct nself_rate_decision *)0)->limit));
  printf("  nself_rate_decision.remaining %zu %zu uint64_t\n", offsetof(struct nself_rate_decision, remaining), sizeof(((struct nself_rate_decision *)0)->remaining));
  printf("  nself_rate_decision.reset_after %zu %zu uint64_t\n", offsetof(struct nself_rate_decision, reset_after), sizeof(((struct nself_rate_decision *)0)->reset_after));
  printf("  nself_rate_decision.retry_after %zu %zu uint64_t\n", offsetof(struct nself_rate_decision, retry_after), sizeof(((struct nself_rate_decision *)0)->retry_after));
  printf("callback nself_rate_done void (*)(nself_call, nself_status, nself_string, const nself_rate_decision *)\n");
  printf("struct nself_rate_limiter %zu\n", sizeof(struct nself_rate_limiter));
  printf("  nself_rate_limiter.struct_size %zu %zu uint32_t\n", offsetof(struct nself_rate_limiter, struct_size), sizeof(((struct nself_rate_limiter *)0)->struct_size));
  printf("  nself_rate_limiter.reserved %zu %zu uint32_t\n", offsetof(struct nself_rate_limiter, reserved), sizeof(((struct nself_rate_limiter *)0)->reserved));
  printf("  nself_rate_limiter.take %zu %zu void (*)(void *, nself_string, nself_string, uint32_t, nself_call, nself_rate_done)\n", offsetof(struct nself_rate_limiter, take), sizeof(((struct nself_rate_limiter *)0)->take));
  printf("struct nself_exporter %zu\n", sizeof(struct nself_exporter));
  printf("  nself_exporter.struct_size %zu %zu uint32_t\n", offsetof(struct nself_exporter, struct_size), sizeof(((struct nself_exporter *)0)->struct_size));
  printf("  nself_exporter.reserved %zu %zu uint32_t\n", offsetof(struct nself_exporter, reserved), sizeof(((struct nself_exporter *)0)->reserved));
  printf("  nself_exporter.metrics %zu %zu void (*)(void *, const nself_metric_point *, size_t, nself_call, nself_done)\n", offsetof(struct nself_exporter, metrics), sizeof(((struct nself_exporter *)0)->metrics));
  printf("  nself_exporter.logs %zu %zu void (*)(void *, const nself_log_record *, size_t, nself_call, nself_done)\n", offsetof(struct nself_exporter, logs), sizeof(((struct nself_exporter *)0)->logs));
  printf("  nself_exporter.spans %zu %zu void (*)(void *, const nself_span *, size_t, nself_call, nself_done)\n", offsetof(struct nself_exporter, spans), sizeof(((struct nself_exporter *)0)->spans));
  printf("struct nself_service %zu\n", sizeof(struct nself_service));
  printf("  nself_service.struct_size %zu %zu uint32_t\n", offsetof(struct nself_service, struct_size), sizeof(((struct nself_service *)0)->struct_size));
  printf("  nself_service.reserved %zu %zu uint32_t\n", offsetof(struct nself_service, reserved), sizeof(((struct nself_service *)0)->reserved));
  printf("  nself_service.health %zu %zu void (*)(void *, nself_call, nself_done)\n", offsetof(struct nself_service, health), sizeof(((struct nself_service *)0)->health));
  printf("  nself_service.openapi_json %zu %zu nself_bytes (*)(void *)\n", offsetof(struct nself_service, openapi_json), sizeof(((struct nself_service *)0)->openapi_json));
  printf("struct nself_state %zu\n", sizeof(struct nself_state));
  printf("  nself_state.struct_size %zu %zu uint32_t\n", offsetof(struct nself_state, struct_size), sizeof(((struct nself_state *)0)->struct_size));
  printf("  nself_state.format %zu %zu uint32_t\n", offsetof(struct nself_state, format), sizeof(((struct nself_state *)0)->format));
  printf("  nself_state.save %zu %zu void (*)(void *, nself_call, nself_buffer_done)\n", offsetof(struct nself_state, save), sizeof(((struct nself_state *)0)->save));
  printf("  nself_state.load %zu %zu nself_status (*)(void *, uint32_t, nself_bytes, nself_error *)\n", offsetof(struct nself_state, load), sizeof(((struct nself_state *)0)->load));
  printf("struct nself_capability %zu\n", sizeof(struct nself_capability));
  printf("  nself_capability.struct_size %zu %zu uint32_t\n", offsetof(struct nself_capability, struct_size), sizeof(((struct nself_capability *)0)->struct_size));
  printf("  nself_capability.reserved %zu %zu uint32_t\n", offsetof(struct nself_capability, reserved), sizeof(((struct nself_capability *)0)->reserved));
  printf("  nself_capability.invoke %zu %zu void (*)(void *, nself_string, nself_string, nself_bytes, nself_call, nself_buffer_done)\n", offsetof(struct nself_capability, invoke), sizeof(((struct nself_capability *)0)->invoke));
  printf("callback nself_db_call_done void (*)(nself_call, nself_status, nself_string, nself_db_result *, uint32_t, const nself_db_error *)\n");
  printf("callback nself_db_session_call_done void (*)(nself_call, nself_status, nself_string, uint64_t)\n");
  printf("callback nself_db_notify void (*)(nself_subscription, nself_notice, nself_string, nself_bytes)\n");
  printf("struct nself_role_database %zu\n", sizeof(struct nself_role_database));
  printf("  nself_role_database.struct_size %zu %zu uint32_t\n", offsetof(struct nself_role_database, struct_size), sizeof(((struct nself_role_database *)0)->struct_size));
  printf("  nself_role_database.reserved %zu %zu uint32_t\n", offsetof(struct nself_role_database, reserved), sizeof(((struct nself_role_database *)0)->reserved));
  printf("  nself_role_database.execute %zu %zu void (*)(void *, const nself_db_request *, nself_call, nself_db_call_done)\n", offsetof(struct nself_role_database, execute), sizeof(((struct nself_role_database *)0)->execute));
  printf("  nself_role_database.open_session %zu %zu void (*)(void *, nself_db_request_flags, nself_call, nself_db_session_call_done)\n", offsetof(struct nself_role_database, open_session), sizeof(((struct nself_role_database *)0)->open_session));
  printf("  nself_role_database.close_session %zu %zu void (*)(void *, uint64_t)\n", offsetof(struct nself_role_database, close_session), sizeof(((struct nself_role_database *)0)->close_session));
  printf("  nself_role_database.listen %zu %zu void (*)(void *, nself_string, nself_subscription, nself_db_notify)\n", offsetof(struct nself_role_database, listen), sizeof(((struct nself_role_database *)0)->listen));
  printf("  nself_role_database.unlisten %zu %zu void (*)(void *, nself_subscription)\n", offsetof(struct nself_role_database, unlisten), sizeof(((struct nself_role_database *)0)->unlisten));
  printf("struct nself_role_kv %zu\n", sizeof(struct nself_role_kv));
  printf("  nself_role_kv.struct_size %zu %zu uint32_t\n", offsetof(struct nself_role_kv, struct_size), sizeof(((struct nself_role_kv *)0)->struct_size));
  printf("  nself_role_kv.reserved %zu %zu uint32_t\n", offsetof(struct nself_role_kv, reserved), sizeof(((struct nself_role_kv *)0)->reserved));
  printf("  nself_role_kv.get %zu %zu void (*)(void *, nself_string, nself_call, nself_buffer_done)\n", offsetof(struct nself_role_kv, get), sizeof(((struct nself_role_kv *)0)->get));
  printf("  nself_role_kv.set %zu %zu void (*)(void *, nself_string, nself_bytes, uint64_t, nself_call, nself_done)\n", offsetof(struct nself_role_kv, set), sizeof(((struct nself_role_kv *)0)->set));
  printf("  nself_role_kv.compare_and_set %zu %zu void (*)(void *, nself_string, nself_bytes, nself_bytes, uint64_t, nself_call, nself_done)\n", offsetof(struct nself_role_kv, compare_and_set), sizeof(((struct nself_role_kv *)0)->compare_and_set));
  printf("  nself_role_kv.add %zu %zu void (*)(void *, nself_string, int64_t, uint64_t, nself_call, nself_number_done)\n", offsetof(struct nself_role_kv, add), sizeof(((struct nself_role_kv *)0)->add));
  printf("  nself_role_kv.remove %zu %zu void (*)(void *, nself_string, nself_call, nself_done)\n", offsetof(struct nself_role_kv, remove), sizeof(((struct nself_role_kv *)0)->remove));
  printf("struct nself_queue_consumer %zu\n", sizeof(struct nself_queue_consumer));
  printf("  nself_queue_consumer.instance %zu %zu nself_string\n", offsetof(struct nself_queue_consumer, instance), sizeof(((struct nself_queue_consumer *)0)->instance));
  printf("  nself_queue_consumer.queue %zu %zu nself_string\n", offsetof(struct nself_queue_consumer, queue), sizeof(((struct nself_queue_consumer *)0)->queue));
  printf("  nself_queue_consumer.pattern %zu %zu nself_string\n", offsetof(struct nself_queue_consumer, pattern), sizeof(((struct nself_queue_consumer *)0)->pattern));
  printf("  nself_queue_consumer.group %zu %zu nself_string\n", offsetof(struct nself_queue_consumer, group), sizeof(((struct nself_queue_consumer *)0)->group));
  printf("  nself_queue_consumer.parallel %zu %zu uint32_t\n", offsetof(struct nself_queue_consumer, parallel), sizeof(((struct nself_queue_consumer *)0)->parallel));
  printf("  nself_queue_consumer.reserved %zu %zu uint32_t\n", offsetof(struct nself_queue_consumer, reserved), sizeof(((struct nself_queue_consumer *)0)->reserved));
  printf("struct nself_role_queue %zu\n", sizeof(struct nself_role_queue));
  printf("  nself_role_queue.struct_size %zu %zu uint32_t\n", offsetof(struct nself_role_queue, struct_size), sizeof(((struct nself_role_queue *)0)->struct_size));
  printf("  nself_role_queue.reserved %zu %zu uint32_t\n", offsetof(struct nself_role_queue, reserved), sizeof(((struct nself_role_queue *)0)->reserved));
  printf("  nself_role_queue.enqueue %zu %zu void (*)(void *, const nself_job *, nself_call, nself_done)\n", offsetof(struct nself_role_queue, enqueue), sizeof(((struct nself_role_queue *)0)->enqueue));
  printf("  nself_role_queue.remove %zu %zu void (*)(void *, nself_string, nself_string, nself_call, nself_done)\n", offsetof(struct nself_role_queue, remove), sizeof(((struct nself_role_queue *)0)->remove));
  printf("  nself_role_queue.publish %zu %zu void (*)(void *, const nself_event *, nself_call, nself_done)\n", offsetof(struct nself_role_queue, publish), sizeof(((struct nself_role_queue *)0)->publish));
  printf("  nself_role_queue.consumers %zu %zu void (*)(void *, const nself_queue_consumer *, size_t)\n", offsetof(struct nself_role_queue, consumers), sizeof(((struct nself_role_queue *)0)->consumers));
  printf("struct nself_job_handler %zu\n", sizeof(struct nself_job_handler));
  printf("  nself_job_handler.struct_size %zu %zu uint32_t\n", offsetof(struct nself_job_handler, struct_size), sizeof(((struct nself_job_handler *)0)->struct_size));
  printf("  nself_job_handler.reserved %zu %zu uint32_t\n", offsetof(struct nself_job_handler, reserved), sizeof(((struct nself_job_handler *)0)->reserved));
  printf("  nself_job_handler.perform %zu %zu void (*)(void *, const nself_job *, nself_call, nself_done)\n", offsetof(struct nself_job_handler, perform), sizeof(((struct nself_job_handler *)0)->perform));
  printf("struct nself_event_consumer %zu\n", sizeof(struct nself_event_consumer));
  printf("  nself_event_consumer.struct_size %zu %zu uint32_t\n", offsetof(struct nself_event_consumer, struct_size), sizeof(((struct nself_event_consumer *)0)->struct_size));
  printf("  nself_event_consumer.reserved %zu %zu uint32_t\n", offsetof(struct nself_event_consumer, reserved), sizeof(((struct nself_event_consumer *)0)->reserved));
  printf("  nself_event_consumer.deliver %zu %zu void (*)(void *, const nself_event *, nself_call, nself_done)\n", offsetof(struct nself_event_consumer, deliver), sizeof(((struct nself_event_consumer *)0)->deliver));
  printf("struct nself_role_mail %zu\n", sizeof(struct nself_role_mail));
  printf("  nself_role_mail.struct_size %zu %zu uint32_t\n", offsetof(struct nself_role_mail, struct_size), sizeof(((struct nself_role_mail *)0)->struct_size));
  printf("  nself_role_mail.reserved %zu %zu uint32_t\n", offsetof(struct nself_role_mail, reserved), sizeof(((struct nself_role_mail *)0)->reserved));
  printf("  nself_role_mail.send %zu %zu void (*)(void *, const nself_mail *, nself_call, nself_done)\n", offsetof(struct nself_role_mail, send), sizeof(((struct nself_role_mail *)0)->send));
  printf("struct nself_role_audit %zu\n", sizeof(struct nself_role_audit));
  printf("  nself_role_audit.struct_size %zu %zu uint32_t\n", offsetof(struct nself_role_audit, struct_size), sizeof(((struct nself_role_audit *)0)->struct_size));
  printf("  nself_role_audit.reserved %zu %zu uint32_t\n", offsetof(struct nself_role_audit, reserved), sizeof(((struct nself_role_audit *)0)->reserved));
  printf("  nself_role_audit.append %zu %zu void (*)(void *, const nself_audit_entry *, nself_call, nself_done)\n", offsetof(struct nself_role_audit, append), sizeof(((struct nself_role_audit *)0)->append));
  printf("callback nself_object_call_done void (*)(nself_call, nself_status, nself_string, const nself_object *, nself_body *)\n");
  printf("callback nself_object_page_call_done void (*)(nself_call, nself_status, nself_string, const nself_object_page *)\n");
  printf("struct nself_role_objects %zu\n", sizeof(struct nself_role_objects));
  printf("  nself_role_objects.struct_size %zu %zu uint32_t\n", offsetof(struct nself_role_objects, struct_size), sizeof(((struct nself_role_objects *)0)->struct_size));
  printf("  nself_role_objects.reserved %zu %zu uint32_t\n", offsetof(struct nself_role_objects, reserved), sizeof(((struct nself_role_objects *)0)->reserved));
  printf("  nself_role_objects.put %zu %zu void (*)(void *, const nself_object *, nself_body *, nself_call, nself_object_call_done)\n", offsetof(struct nself_role_objects, put), sizeof(((struct nself_role_objects *)0)->put));
  printf("  nself_role_objects.get %zu %zu void (*)(void *, nself_string, nself_string, nself_object_range, nself_call, nself_object_call_done)\n", offsetof(struct nself_role_objects, get), sizeof(((struct nself_role_objects *)0)->get));
  printf("  nself_role_objects.stat %zu %zu void (*)(void *, nself_string, nself_string, nself_call, nself_object_call_done)\n", offsetof(struct nself_role_objects, stat), sizeof(((struct nself_role_objects *)0)->stat));
  printf("  nself_role_objects.remove %zu %zu void (*)(void *, nself_string, nself_string, nself_call, nself_done)\n", offsetof(struct nself_role_objects, remove), sizeof(((struct nself_role_objects *)0)->remove));
  printf("  nself_role_objects.list %zu %zu void (*)(void *, nself_string, nself_string, nself_string, nself_string, uint32_t, nself_call, nself_object_page_call_done)\n", offsetof(struct nself_role_objects, list), sizeof(((struct nself_role_objects *)0)->list));
  printf("struct nself_role_functions %zu\n", sizeof(struct nself_role_functions));
  printf("  nself_role_functions.struct_size %zu %zu uint32_t\n", offsetof(struct nself_role_functions, struct_size), sizeof(((struct nself_role_functions *)0)->struct_size));
  printf("  nself_role_functions.reserved %zu %zu uint32_t\n", offsetof(struct nself_role_functions, reserved), sizeof(((struct nself_role_functions *)0)->reserved));
  printf("  nself_role_functions.load %zu %zu void (*)(void *, const nself_function *, nself_call, nself_done)\n", offsetof(struct nself_role_functions, load), sizeof(((struct nself_role_functions *)0)->load));
  printf("  nself_role_functions.unload %zu %zu void (*)(void *, nself_string, nself_call, nself_done)\n", offsetof(struct nself_role_functions, unload), sizeof(((struct nself_role_functions *)0)->unload));
  printf("  nself_role_functions.invoke %zu %zu void (*)(void *, nself_string, const nself_http_request *, nself_body *, nself_call, nself_http_done)\n", offsetof(struct nself_role_functions, invoke), sizeof(((struct nself_role_functions *)0)->invoke));
  printf("constant NSELF_ABI_MAJOR %lld\n", (long long)(NSELF_ABI_MAJOR));
  printf("constant NSELF_ABI_MINOR %lld\n", (long long)(NSELF_ABI_MINOR));
  printf("constant NSELF_ABI_VERSION %lld\n", (long long)(NSELF_ABI_VERSION));
  printf("constant NSELF_HOST_ADMIN_ID %s\n", NSELF_HOST_ADMIN_ID);
  printf("constant NSELF_HOST_AUDIT_ID %s\n", NSELF_HOST_AUDIT_ID);
  printf("constant NSELF_HOST_CAPABILITIES_ID %s\n", NSELF_HOST_CAPABILITIES_ID);
  printf("constant NSELF_HOST_CERTIFICATES_ID %s\n", NSELF_HOST_CERTIFICATES_ID);
  printf("constant NSELF_HOST_CLOCK_ID %s\n", NSELF_HOST_CLOCK_ID);
  printf("constant NSELF_HOST_CONFIG_ID %s\n", NSELF_HOST_CONFIG_ID);
  printf("constant NSELF_HOST_CORE_ID %s\n", NSELF_HOST_CORE_ID);
  printf("constant NSELF_HOST_DATABASE_ID %s\n", NSELF_HOST_DATABASE_ID);
  printf("constant NSELF_HOST_DELIVERY_ID %s\n", NSELF_HOST_DELIVERY_ID);
  printf("constant NSELF_HOST_EVENTS_ID %s\n", NSELF_HOST_EVENTS_ID);
  printf("constant NSELF_HOST_FUNCTIONS_ID %s\n", NSELF_HOST_FUNCTIONS_ID);
  printf("constant NSELF_HOST_HTTP_CLIENT_ID %s\n", NSELF_HOST_HTTP_CLIENT_ID);
  printf("constant NSELF_HOST_KV_ID %s\n", NSELF_HOST_KV_ID);
  printf("constant NSELF_HOST_LOG_ID %s\n", NSELF_HOST_LOG_ID);
  printf("constant NSELF_HOST_MAIL_ID %s\n", NSELF_HOST_MAIL_ID);
  printf("constant NSELF_HOST_METRICS_ID %s\n", NSELF_HOST_METRICS_ID);
  printf("constant NSELF_HOST_OBJECTS_ID %s\n", NSELF_HOST_OBJECTS_ID);
  printf("constant NSELF_HOST_POLL_ID %s\n", NSELF_HOST_POLL_ID);
  printf("constant NSELF_HOST_PROCESS_ID %s\n", NSELF_HOST_PROCESS_ID);
  printf("constant NSELF_HOST_QUEUE_ID %s\n", NSELF_HOST_QUEUE_ID);
  printf("constant NSELF_HOST_ROUTES_ID %s\n", NSELF_HOST_ROUTES_ID);
  printf("constant NSELF_HOST_SECRETS_ID %s\n", NSELF_HOST_SECRETS_ID);
  printf("constant NSELF_HOST_TELEMETRY_ID %s\n", NSELF_HOST_TELEMETRY_ID);
  printf("constant NSELF_HOST_TRACING_ID %s\n", NSELF_HOST_TRACING_ID);
  printf("constant NSELF_HOST_WEBSOCKETS_ID %s\n", NSELF_HOST_WEBSOCKETS_ID);
  printf("constant NSELF_LOOP_NONE %lld\n", (long long)(NSELF_LOOP_NONE));
  printf("constant NSELF_NOTE_OWNER %s\n", NSELF_NOTE_OWNER);
  printf("constant NSELF_NOTE_SECTION %s\n", NSELF_NOTE_SECTION);
  printf("constant NSELF_NOTE_TYPE_MANIFEST %lld\n", (long long)(NSELF_NOTE_TYPE_MANIFEST));
  printf("constant NSELF_ROLE_AUDIT_ID %s\n", NSELF_ROLE_AUDIT_ID);
  printf("constant NSELF_ROLE_AUTH_PROVIDER_ID %s\n", NSELF_ROLE_AUTH_PROVIDER_ID);
  printf("constant NSELF_ROLE_CAPABILITY_ID %s\n", NSELF_ROLE_CAPABILITY_ID);
  printf("constant NSELF_ROLE_DATABASE_ID %s\n", NSELF_ROLE_DATABASE_ID);
  printf("constant NSELF_ROLE_EVENT_CONSUMER_ID %s\n", NSELF_ROLE_EVENT_CONSUMER_ID);
  printf("constant NSELF_ROLE_EXPORTER_ID %s\n", NSELF_ROLE_EXPORTER_ID);
  printf("constant NSELF_ROLE_FUNCTIONS_ID %s\n", NSELF_ROLE_FUNCTIONS_ID);
  printf("constant NSELF_ROLE_HTTP_HANDLER_ID %s\n", NSELF_ROLE_HTTP_HANDLER_ID);
  printf("constant NSELF_ROLE_HTTP_MIDDLEWARE_ID %s\n", NSELF_ROLE_HTTP_MIDDLEWARE_ID);
  printf("constant NSELF_ROLE_JOB_HANDLER_ID %s\n", NSELF_ROLE_JOB_HANDLER_ID);
  printf("constant NSELF_ROLE_KV_ID %s\n", NSELF_ROLE_KV_ID);
  printf("constant NSELF_ROLE_MAIL_ID %s\n", NSELF_ROLE_MAIL_ID);
  printf("constant NSELF_ROLE_OBJECTS_ID %s\n", NSELF_ROLE_OBJECTS_ID);
  printf("constant NSELF_ROLE_QUEUE_ID %s\n", NSELF_ROLE_QUEUE_ID);
  printf("constant NSELF_ROLE_RATE_LIMITER_ID %s\n", NSELF_ROLE_RATE_LIMITER_ID);
  printf("constant NSELF_ROLE_SERVICE_ID %s\n", NSELF_ROLE_SERVICE_ID);
  printf("constant NSELF_ROLE_STATE_ID %s\n", NSELF_ROLE_STATE_ID);
  printf("constant NSELF_ROLE_WEBSOCKET_HANDLER_ID %s\n", NSELF_ROLE_WEBSOCKET_HANDLER_ID);
  return 0;
}
