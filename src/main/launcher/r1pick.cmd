@echo off
rem Starts r1pick on a Java 25 of its own, or on one it finds.
rem A Java that cannot start ends with 1, as r1pick does where nothing fits; so r1pick adds BASE to its exit codes.
rem No block in parentheses holds a path outside quotes: that of "Program Files (x86)" would end it.
setlocal EnableExtensions DisableDelayedExpansion
set BASE=160
rem Options meant for every Java are not meant for this one.
set "JAVA_TOOL_OPTIONS="
set "JDK_JAVA_OPTIONS="
set "_JAVA_OPTIONS="
set "CLASSPATH="
set "OPTIONS=%R1PICK_JAVA_OPTIONS%"
set "R1PICK_JAVA_OPTIONS="
set "APP=%~dp0.."
set "JAVA="
if exist "%APP%\runtime\bin\java.exe" set "JAVA=%APP%\runtime\bin\java.exe"
if not defined JAVA if defined JAVA_HOME call :consider "%JAVA_HOME%"
if not defined JAVA for %%J in (java.exe) do if not "%%~$PATH:J"=="" call :considerbin "%%~dp$PATH:J"
if not defined JAVA for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%ProgramFiles%\Amazon Corretto\*" "%USERPROFILE%\.jdks\*" "%USERPROFILE%\scoop\apps\*jdk*\current") do if not defined JAVA call :consider "%%~D"
set "WHY=needs Java 25 or newer and found none in JAVA_HOME, on PATH or in the usual folders."
set "HINT=Install a JDK 25, for example Temurin, or set JAVA_HOME to one."
if not defined JAVA goto fail
set "WHY=this installation is damaged: Java does not start from it."
set "HINT=Install r1pick again."
set "MAIN=dev.r1pick.cli.Main"
set FLAGS=-XX:+IgnoreUnrecognizedVMOptions -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=10 -XX:-UsePerfData -Xlog:disable -XX:+DisplayVMOutputToStderr -XX:+UnlockDiagnosticVMOptions -XX:-DisplayVMOutput -XX:+SuppressFatalErrorMessage -Djdk.includeInExceptions=hostInfoExclSocket %OPTIONS% -Dr1pick.exit-base=%BASE%
if "%JAVA%"=="%APP%\runtime\bin\java.exe" goto packaged
if not exist "%APP%\lib\r1pick-*.jar" goto fail
"%JAVA%" %FLAGS% --enable-native-access=ALL-UNNAMED -cp "%APP%\lib\*" %MAIN% %*
set CODE=%ERRORLEVEL%
goto ended

rem Our runtime has the program in it as a module. Its cache belongs to it; without it the answer is the same, later.
:packaged
set "CACHE=-XX:AOTMode=auto"
if exist "%APP%\runtime\r1pick.aot" set "CACHE=-XX:AOTCache=%APP%\runtime\r1pick.aot"
if defined R1PICK_AOT_OUTPUT set "MAIN=dev.r1pick.cli.AotTraining"
if defined R1PICK_AOT_OUTPUT set "CACHE=-XX:AOTCacheOutput=%R1PICK_AOT_OUTPUT%"
set "AGAIN=-Dr1pick.again=true"
if defined OPTIONS set "AGAIN=-Dr1pick.again=false"
if defined R1PICK_AOT_OUTPUT set "AGAIN=-Dr1pick.again=false"
"%JAVA%" "%CACHE%" %FLAGS% %AGAIN% --enable-native-access=dev.r1pick,com.sun.jna -m dev.r1pick/%MAIN% %*
set CODE=%ERRORLEVEL%
rem BASE and 72: a fault before there was an answer, which a damaged cache may be the reason of.
if %CODE% EQU 232 goto without
if %CODE% GEQ 0 if %CODE% LSS 256 goto ended
rem Windows ends a program with a large or negative code where it crashed. A damaged cache may be why.
if %CODE% EQU -1073741510 exit /b 130
if defined OPTIONS goto fail
:without
"%JAVA%" %FLAGS% -Xshare:off --enable-native-access=dev.r1pick,com.sun.jna -m dev.r1pick/%MAIN% %*
set CODE=%ERRORLEVEL%

:ended
if %CODE% EQU 0 exit /b 0
if %CODE% EQU 130 exit /b 130
if %CODE% EQU -1073741510 exit /b 130
if %CODE% LSS %BASE% goto fail
if %CODE% GTR 255 goto fail
set /a CODE-=BASE
exit /b %CODE%

rem Ends without an answer, by the rules of docs\scripts.md as far as cmd can tell what was asked for.
:fail
echo r1pick: %WHY% %HINT%>&2
rem Of --format=json cmd makes two words.
:scan
if "%~1"=="" exit /b 70
if /i "%~1"=="--format" if /i "%~2"=="json" goto json
shift
goto scan

:json
echo { "schema_version" : 1, "command" : null, "error" : { "code" : "bug", "message" : "%WHY%", "hint" : "%HINT%", "exit_code" : 70 } }
exit /b 70

:considerbin
for %%B in ("%~1..") do call :consider "%%~fB"
exit /b 0

:consider
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%V in ('%SystemRoot%\System32\findstr.exe /b "JAVA_VERSION=" "%~1\release"') do (
  for /f "tokens=1 delims=.+-" %%M in ("%%~V") do if %%M GEQ 25 set "JAVA=%~1\bin\java.exe"
)
exit /b 0
