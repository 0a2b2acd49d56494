package bucket

import (
	"errors"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
)

// azureCode is the code of an error of Azure, or "".
func azureCode(err error) string {
	var r *azcore.ResponseError
	if errors.As(err, &r) {
		return r.ErrorCode
	}
	return ""
}
