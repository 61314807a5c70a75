@echo off
rem Starts r1pick on a Java 25 of its own, or on one it finds.
setlocal EnableExtensions DisableDelayedExpansion
set "APP=%~dp0.."
set "JAVA="
if exist "%APP%\runtime\bin\java.exe" set "JAVA=%APP%\runtime\bin\java.exe"
if not defined JAVA if defined JAVA_HOME call :consider "%JAVA_HOME%"
if not defined JAVA for %%J in (java.exe) do if not "%%~$PATH:J"=="" call :considerbin "%%~dp$PATH:J"
if not defined JAVA for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%ProgramFiles%\Amazon Corretto\*" "%USERPROFILE%\.jdks\*" "%USERPROFILE%\scoop\apps\*jdk*\current") do if not defined JAVA call :consider "%%~D"
if not defined JAVA (
  echo r1pick: needs Java 25 or newer and found none in JAVA_HOME, on PATH or in the usual folders.>&2
  echo r1pick: install a JDK 25 ^(for example Temurin^) or set JAVA_HOME to one.>&2
  exit /b 2
)
set "MAIN=dev.r1pick.cli.Main"
set FLAGS=-XX:+DisplayVMOutputToStderr -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=10 -XX:-UsePerfData -Xlog:disable
if "%JAVA%"=="%APP%\runtime\bin\java.exe" goto packaged
if not exist "%APP%\lib\r1pick-*.jar" (
  echo r1pick: %APP%\lib has no r1pick-*.jar: this installation is damaged; install r1pick again.>&2
  exit /b 70
)
"%JAVA%" %FLAGS% --enable-native-access=ALL-UNNAMED -cp "%APP%\lib\*" %MAIN% %*
exit /b %ERRORLEVEL%

rem Our runtime has the program in it as a module. Its cache belongs to it; without it the answer is the same, later.
:packaged
set "CACHE=-XX:AOTMode=auto"
if exist "%APP%\runtime\r1pick.aot" set "CACHE=-XX:AOTCache=%APP%\runtime\r1pick.aot"
if defined R1PICK_AOT_OUTPUT set "MAIN=dev.r1pick.cli.AotTraining"
if defined R1PICK_AOT_OUTPUT set "CACHE=-XX:AOTCacheOutput=%R1PICK_AOT_OUTPUT%"
"%JAVA%" "%CACHE%" %FLAGS% --enable-native-access=dev.r1pick,com.sun.jna -m dev.r1pick/%MAIN% %*
exit /b %ERRORLEVEL%

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
