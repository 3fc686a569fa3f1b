import type { ParameterValues } from '../entities.js';
import { type EngineVersion, productImageType, type serverTypes } from '../seed/catalog.js';
import { type Parameter, parameterId } from '../seed/parameters.js';

export const engineVersionView = (version: EngineVersion) => ({
  end_of_service: version.endOfService,
  id: version.id,
  major_version: version.majorVersion,
  name: version.name,
  os_type: 'Rocky Linux',
  os_version: version.osVersion,
  product_image_type: productImageType,
  software_version: version.softwareVersion,
});

export const serverTypeView = (type: (typeof serverTypes)[number]) => ({
  cpu_core: type.cpuCore,
  description: `${type.cpuCore} vCore, ${type.memoryGb} GB`,
  memory_gb: type.memoryGb,
  name: type.name,
  product_image_type: productImageType,
  product_type: productImageType,
  purpose: 'DATABASE',
  type: type.type,
});

/** A parameter as its group lists it. */
export const groupParameterView = (groupId: string, majorVersion: string, parameter: Parameter) => ({
  dbaas_parameter_group_id: groupId,
  default_value: parameter.defaultValue,
  description: parameter.description,
  id: parameterId(majorVersion, parameter.name),
  name: parameter.name,
  software_type: 'PostgreSQL',
});

/** A parameter as a cluster has it. */
export const clusterParameterView = (majorVersion: string, parameter: Parameter, recorded: ParameterValues) => ({
  allows_value: parameter.allowsValue,
  applied_value: recorded[parameter.name] ?? parameter.defaultValue,
  apply_type: parameter.applyType,
  data_type: parameter.dataType,
  default_value: parameter.defaultValue,
  description: parameter.description,
  id: parameterId(majorVersion, parameter.name),
  is_modifiable: parameter.isModifiable,
  name: parameter.name,
  software_type: 'PostgreSQL',
});
