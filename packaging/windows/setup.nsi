; The installer for Windows: for one user, without an administrator, with an uninstaller. It writes nothing outside the
; user's own folders and part of the registry, and never touches a round. Given from outside: VERSION, VERSION4 (four
; numbers), FILES (the folder of what is installed), OUT.
;
;   setup.exe /S              installs without asking; /D=C:\folder (last) says where
;   uninstall.exe /S          takes it away without asking
;
; Exit status of a silent run: 0 done, 2 rubric is running, 3 a newer version is installed (/FORCE installs all the same).
Target amd64-unicode
SetCompressor /SOLID lzma
Name "rubric ${VERSION}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\rubric"
InstallDirRegKey HKCU "Software\rubric" "Folder"
ManifestDPIAware true
ManifestSupportedOS Win10
BrandingText "rubric ${VERSION}"

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "WordFunc.nsh"
!include "LogicLib.nsh"

VIProductVersion "${VERSION4}"
VIAddVersionKey "ProductName" "rubric"
VIAddVersionKey "FileDescription" "Installer of rubric ${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "see LICENSE, where there is one, and THIRD-PARTY-NOTICES.txt"

!define MUI_ICON "rubric.ico"
!define MUI_UNICON "rubric.ico"
!define MUI_WELCOMEPAGE_TEXT "This installs rubric for you alone; no administrator is needed.$\r$\n$\r$\nYour rounds are folders of your own: neither installing nor uninstalling touches them."
!define MUI_FINISHPAGE_RUN "$INSTDIR\rubric.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "desk"
!define MUI_FINISHPAGE_RUN_TEXT "Start rubric: its page opens in your browser"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Spanish"

LangString Running ${LANG_ENGLISH} "rubric is running. End it with the button End rubric desk on its page, and choose Retry. Nothing is lost: a round is written file by file."
LangString Running ${LANG_SPANISH} "rubric se está ejecutando. Ciérrelo con el botón Cerrar rubric desk de su página y elija Reintentar. No se pierde nada: la ronda se escribe archivo por archivo."
LangString Newer ${LANG_ENGLISH} "rubric $0 is installed, which is newer than ${VERSION}. Rounds that it wrote to may not be written to by ${VERSION}, which then says so; they can be looked at, and nothing in them is lost. Install ${VERSION} all the same?"
LangString Newer ${LANG_SPANISH} "Está instalado rubric $0, más reciente que ${VERSION}. Puede que ${VERSION} no pueda escribir en las rondas en las que aquel escribió, y entonces lo dirá; se pueden consultar y no se pierde nada. ¿Instalar ${VERSION} de todos modos?"
LangString Stays ${LANG_ENGLISH} "rubric was taken away. Your rounds stay where they are."
LangString Stays ${LANG_SPANISH} "Se ha desinstalado rubric. Sus rondas se quedan donde están."

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\rubric"
!define PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths\rubric.exe"

; A program that runs cannot be written to.
!macro WaitForEnd
  ${If} ${FileExists} "$INSTDIR\rubric.exe"
    ${Do}
      ClearErrors
      FileOpen $1 "$INSTDIR\rubric.exe" a
      ${IfNot} ${Errors}
        FileClose $1
        ${ExitDo}
      ${EndIf}
      ${If} ${Silent}
        SetErrorLevel 2
        Abort
      ${EndIf}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(Running)" IDRETRY +3
      SetErrorLevel 2
      Abort
    ${Loop}
  ${EndIf}
!macroend

Function .onInit
  ReadRegStr $0 HKCU "${KEY}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 = 1
      ${GetParameters} $2
      ClearErrors
      ${GetOptions} $2 "/FORCE" $3
      ${If} ${Errors}
        ${If} ${Silent}
          SetErrorLevel 3
          Abort
        ${EndIf}
        MessageBox MB_YESNO|MB_ICONQUESTION "$(Newer)" IDYES +3
        SetErrorLevel 3
        Abort
      ${EndIf}
    ${EndIf}
  ${EndIf}
FunctionEnd

Section
  !insertmacro WaitForEnd
  ; A folder of the user's that is not there yet is remembered, to be taken away again.
  ${IfNot} ${FileExists} "$LOCALAPPDATA\Programs\*.*"
    WriteRegDWORD HKCU "Software\rubric" "MadePrograms" 1
  ${EndIf}
  SetOutPath "$INSTDIR"
  File "${FILES}\rubric.exe"
  File /nonfatal "${FILES}\LICENSE.txt"
  File "${FILES}\THIRD-PARTY-NOTICES.txt"
  SetOutPath "$INSTDIR\guide"
  File "${FILES}\guide\*.*"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS\rubric"
  CreateShortcut "$SMPROGRAMS\rubric\rubric.lnk" "$INSTDIR\rubric.exe" "desk" "$INSTDIR\rubric.exe" 0 SW_SHOWMINIMIZED "" "Run an assessment in the browser"
  SetOutPath "$DOCUMENTS" ; where the command prompt opens
  CreateShortcut "$SMPROGRAMS\rubric\rubric on the command line.lnk" "$SYSDIR\cmd.exe" '/k "set PATH=$INSTDIR;%PATH%"' "$INSTDIR\rubric.exe" 0
  SetOutPath "$INSTDIR"
  CreateShortcut "$SMPROGRAMS\rubric\Guide.lnk" "$INSTDIR\guide\office.pdf"
  WriteRegStr HKCU "Software\rubric" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${PATHS}" "" "$INSTDIR\rubric.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "rubric"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "Publisher" "The rubric project"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\rubric.exe"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" "$0"
SectionEnd

Section "Uninstall"
  !insertmacro WaitForEnd
  Delete "$SMPROGRAMS\rubric\rubric.lnk"
  Delete "$SMPROGRAMS\rubric\rubric on the command line.lnk"
  Delete "$SMPROGRAMS\rubric\Guide.lnk"
  RMDir "$SMPROGRAMS\rubric"
  ; File by file: somebody may have put a round of theirs here.
  Delete "$INSTDIR\rubric.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\THIRD-PARTY-NOTICES.txt"
  Delete "$INSTDIR\guide\*.md"
  Delete "$INSTDIR\guide\*.pdf"
  Delete "$INSTDIR\guide\*.png"
  RMDir "$INSTDIR\guide"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ReadRegDWORD $0 HKCU "Software\rubric" "MadePrograms"
  ${If} $0 = 1
    RMDir "$LOCALAPPDATA\Programs" ; where nothing else is in it
  ${EndIf}
  ; What the desk remembers of its user: the rounds opened last, and where it runs. Then the sign-in to a mailbox, with its key
  ; in the user's keyring (see mail/account).
  Delete "$APPDATA\rubric\*.json"
  Delete "$APPDATA\rubric\mail.yaml"
  Delete "$APPDATA\rubric\accounts\*.sealed"
  Delete "$APPDATA\rubric\accounts\*.lock"
  Delete "$APPDATA\rubric\accounts\key"
  RMDir "$APPDATA\rubric\accounts"
  RMDir "$APPDATA\rubric"
  System::Call 'advapi32::CredDeleteW(w "rubric:key of the sign-ins", i 1, i 0) i .r0'
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "${PATHS}"
  DeleteRegKey HKCU "Software\rubric"
  ${IfNot} ${Silent}
    MessageBox MB_OK|MB_ICONINFORMATION "$(Stays)"
  ${EndIf}
SectionEnd
