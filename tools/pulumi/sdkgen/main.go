// Command sdkgen writes the SDK of a schema: sdkgen LANGUAGE SCHEMA FOLDER.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// nothing loads no other package: the schema refers to none.
type nothing struct{ schema.Loader }

func files(language string, pkg *schema.Package) (map[string][]byte, error) {
	switch language {
	case "nodejs":
		return nodejs.GeneratePackage("sdkgen", pkg, nil, nil, true, nil)
	case "go":
		return gogen.GeneratePackage("sdkgen", pkg, nil)
	}
	return nil, fmt.Errorf("no language %q: nodejs or go", language)
}

func write(language, file, folder string) error {
	text, err := os.ReadFile(file)
	var spec schema.PackageSpec
	if err = errors.Join(err, json.Unmarshal(text, &spec)); err != nil {
		return err
	}
	pkg, err := schema.ImportSpec(spec, nil, nothing{}, schema.ValidationOptions{})
	if err != nil {
		return err
	}
	pkg.SupportPack = true // as in `pulumi package add`: the version belongs to the SDK
	made, err := files(language, pkg)
	for name, content := range made {
		target := filepath.Join(folder, name)
		if err = os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err = os.WriteFile(target, content, 0o644); err != nil {
			return err
		}
	}
	return err
}

func main() {
	if len(os.Args) != 4 {
		log.Fatal("sdkgen LANGUAGE SCHEMA FOLDER")
	}
	if err := write(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}
