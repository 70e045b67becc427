#!/bin/bash
# A one-node Ceph whose RADOS gateway speaks S3, all in memory, for tests.
#   scripts/ceph.sh start DIR PORT   prints the endpoint as its last line; PORT+1 is the monitor's, the next ones the OSD's
#   scripts/ceph.sh stop DIR         ends what start began there and removes DIR
# Needs ceph-mon, ceph-osd, radosgw and ceph (Debian: the packages ceph-mon ceph-osd radosgw). No root.
set -eu

access_key=longwavetestkey00001
secret_key=longwavetestsecret0000000000000000000001
patience_seconds=60

main() {
  case "${1:-} $#" in
    'start 3') start "$(realpath -m "$2")" "$3" ;;
    'stop 2') stop "$(realpath -m "$2")" ;;
    *) sed -n '2,5s/^# //p' "$0" >&2; exit 2 ;;
  esac
}

start() {
  local dir=$1 port=$2
  if runs "$dir" rgw; then echo "http://127.0.0.1:$port"; return; fi
  stop "$dir" # what lives in memory cannot be taken up again
  mkdir -p "$dir"/{mon,osd,log}
  trap "stop '$dir' keep-logs; echo 'ceph.sh: did not start, see $dir/log' >&2" EXIT
  write_configuration "$dir" "$port"
  start_monitor "$dir"
  start_osd "$dir"
  start_gateway "$dir" "$port"
  trap - EXIT
  echo "http://127.0.0.1:$port"
}

write_configuration() {
  local dir=$1 port=$2
  touch "$dir/keyring"
  cat >"$dir/ceph.conf" <<EOF
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon_host = [v2:127.0.0.1:$((port + 1))]
mon_initial_members = a
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_mon_client_mode = crc
ms_bind_msgr1 = false
ms_bind_port_min = $((port + 2))
ms_bind_port_max = $((port + 90))
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
keyring = $dir/keyring
run_dir = $dir
admin_socket =
log_file = $dir/log/\$name.log
crash_dir = $dir/log
mon_cluster_log_to_file = false
paxos_propose_interval = 0.02
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 4
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
mon_data_avail_crit = 0
[mon]
mon_data = $dir/mon
pid_file = $dir/mon.pid
[osd]
osd_data = $dir/osd
osd_objectstore = memstore
memstore_device_bytes = 4294967296
osd_class_load_list = *
osd_class_default_list = *
pid_file = $dir/osd.pid
[client.rgw]
pid_file = $dir/rgw.pid
rgw_frontends = beast endpoint=127.0.0.1:$port
rgw_thread_pool_size = 64
rgw_run_sync_thread = false
rgw_dynamic_resharding = false
EOF
}

start_monitor() {
  local dir=$1
  quietly "$dir" monmaptool --create --addv a "$(sed -n 's/^mon_host = //p' "$dir/ceph.conf")" \
    --fsid "$(sed -n 's/^fsid = //p' "$dir/ceph.conf")" "$dir/monmap"
  quietly "$dir" ceph-mon -c "$dir/ceph.conf" -i a --mkfs --monmap "$dir/monmap"
  quietly "$dir" ceph-mon -c "$dir/ceph.conf" -i a
}

start_osd() {
  local dir=$1 uuid
  uuid=$(cat /proc/sys/kernel/random/uuid)
  quietly "$dir" ceph -c "$dir/ceph.conf" osd new "$uuid"
  quietly "$dir" ceph-osd -c "$dir/ceph.conf" -i 0 --mkfs --osd-uuid "$uuid"
  quietly "$dir" ceph-osd -c "$dir/ceph.conf" -i 0
}

start_gateway() {
  local dir=$1 port=$2
  quietly "$dir" radosgw-admin -c "$dir/ceph.conf" -n client.rgw user create --uid=test --display-name=test \
    --access-key="$access_key" --secret-key="$secret_key"
  quietly "$dir" radosgw -c "$dir/ceph.conf" -n client.rgw
  for _ in $(seq $((patience_seconds * 10))); do
    if answers "$port"; then return; fi
    sleep 0.1
  done
  return 1
}

quietly() {
  local dir=$1
  shift
  timeout "$patience_seconds" "$@" >>"$dir/log/start.log" 2>&1
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

stop() {
  local dir=$1 daemon
  for daemon in rgw osd mon; do
    end "$dir" "$daemon" TERM 50 || end "$dir" "$daemon" KILL 50 || true
  done
  if [ "${2:-}" != keep-logs ] && [ -f "$dir/ceph.conf" ]; then rm -rf "$dir"; fi
}

end() {
  local dir=$1 daemon=$2 signal=$3 tenths=$4
  for ((i = 0; i < tenths; i++)); do
    runs "$dir" "$daemon" || return 0
    if [ "$i" = 0 ]; then kill -s "$signal" "$(cat "$dir/$daemon.pid")" || true; fi
    sleep 0.1
  done
  return 1
}

# A recorded pid counts only while its process still is the daemon of this folder: a zombie has no command line.
runs() {
  local dir=$1 pid
  pid=$(cat "$dir/$2.pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "-c $dir/ceph.conf "
} 2>/dev/null

main "$@"
