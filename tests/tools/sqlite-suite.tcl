# For SQLite's testfixture: names the files of its "veryquick" set, or runs one test file, on the VFS of an extension.
# usage: testfixture sqlite-suite.tcl list TESTS
#        testfixture sqlite-suite.tcl run EXTENSION|- FILE
set driver [info script]
set task [lindex $argv 0]
if {$task eq "list"} {
  set testdir [lindex $argv 1]
  set argv [list]
  set argv0 $testdir/none
  source $testdir/permutations.test
  array set veryquick $::testspec(veryquick)
  foreach file $veryquick(-files) { puts "TEST $file" }
  exit
}
set extension [lindex $argv 1]
set script [lindex $argv 2]
set argv [list]
set argv0 $script

# A shutdown of the library, the harness's own among them, forgets which VFS is the default: it is set again before the
# next file is opened.
set vfs_is_set 0
rename sqlite3 first_sqlite3
rename sqlite3_shutdown first_shutdown
proc sqlite3_shutdown {} {
  set ::vfs_is_set 0
  first_shutdown
}
proc set_vfs {} {
  set ::vfs_is_set 1
  first_sqlite3 loader :memory:
  loader enable_load_extension 1
  loader eval {SELECT load_extension($::extension)}
  loader close
}
# The harness knows of encrypted files: it leaves out what they cannot do, and passes a key, which is set here already.
proc sqlite3 args {
  if {[lindex $args 0] eq "-has-codec"} { return [expr {$::extension ne "-"}] }
  set key [lsearch -exact $args -key]
  if {$key >= 0} { set args [lreplace $args $key [expr {$key + 1}]] }
  if {!$::vfs_is_set} set_vfs
  uplevel 1 [list first_sqlite3 {*}$args]
}
# The other processes of tests with several run on the same VFS.
proc on_same_vfs {command script} {
  string map [list $script "$::driver run $::extension $script"] $command
}
rename open first_open
proc open {what args} {
  if {[string match "|*" $what]} { set what [on_same_vfs $what tf_main.tcl] }
  uplevel 1 [list first_open $what {*}$args]
}
rename exec first_exec
proc exec args {
  uplevel 1 [list first_exec {*}[on_same_vfs $args ./test2-script.tcl]]
}
set sqlite_options(mmap) [expr {$extension eq "-" && $sqlite_options(mmap)}]; # pages of a mapped file would be sealed
if {$extension eq "-"} { proc set_vfs {} { set ::vfs_is_set 1 } }
source $script
